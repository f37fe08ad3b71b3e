import Foundation
import Sales
import Synchronization
import TestRuntime
import Testing

@testable import Gateway
@testable import Outbox

@Suite(.timeLimit(.minutes(1))) struct IdempotentRequestsTests {
    private static let answer = KeptAnswer(status: 200, body: Array("{}".utf8))
    private static let request = KeyedRequest(key: "K", fingerprint: [1])

    private func withOutbox(_ body: (Outbox) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        try await body(outbox)
        try outbox.close()
    }

    private func isConflict(_ error: (any Error)?) -> Bool {
        if case .wrongState? = error as? OperationError { true } else { false }
    }

    @Test("a request that comes again has the answer of the first, in this run and in the next, and is not done again")
    func again() async throws {
        try await withOutbox { outbox in
            let done = Mutex(0)
            for run in 0..<2 {
                let requests = IdempotentRequests(outbox: outbox)
                for turn in 0..<2 {
                    let answer = try await requests.once(Self.request) {
                        let count = done.withLock { done in
                            done += 1
                            return done
                        }
                        return KeptAnswer(status: 202, body: [UInt8(count)])
                    }
                    #expect(answer == KeptAnswer(status: 202, body: [1]), "run \(run), turn \(turn)")
                }
            }
            #expect(done.withLock { $0 } == 1)
        }
    }

    @Test("of two at once the second is refused while the first is done, and has its answer afterwards")
    func atOnce() async throws {
        try await withOutbox { outbox in
            let requests = IdempotentRequests(outbox: outbox)
            let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
            let (released, releasing) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: KeptAnswer.self) { group in
                group.addTask {
                    try await requests.once(Self.request) {
                        beginning.yield()
                        for await _ in released { break }
                        return Self.answer
                    }
                }
                for await _ in begun { break }
                let error = await #expect(throws: OperationError.self) {
                    try await requests.once(Self.request) {
                        Issue.record("it was done twice")
                        return Self.answer
                    }
                }
                #expect(isConflict(error))
                releasing.yield()
                let first = try await group.next()
                #expect(first == Self.answer)
            }
            #expect(try await requests.once(Self.request) { KeptAnswer(status: 500, body: []) } == Self.answer)
        }
    }

    @Test(
        "what failed without having done anything may be sent again under its key",
        arguments: [
            OperationError.notFound("x"), .wrongState("x"), .invalidRequest([]), .busy("x"), .diskFull("x"),
            .printerUnavailable("x", retryAfter: .seconds(5)),
        ])
    func withoutEffect(error: OperationError) async throws {
        try await withOutbox { outbox in
            let requests = IdempotentRequests(outbox: outbox)
            await #expect(throws: error) { try await requests.once(Self.request) { throw error } }
            let again = try await requests.once(Self.request) { Self.answer }
            #expect(again == Self.answer)
        }
    }

    @Test("what has certainly done nothing may be sent again also if that could not be written down")
    func withoutEffectUnwritten() async throws {
        try await withOutbox { outbox in
            let requests = IdempotentRequests(outbox: outbox)
            let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
            let (stuck, sticking) = AsyncStream.makeStream(of: Void.self)
            let (refused, refusing) = AsyncStream.makeStream(of: Void.self)
            let (ended, ending) = AsyncStream.makeStream(of: Void.self)
            let disk = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: OperationError.busy("x")) {
                        try await requests.once(Self.request) {
                            beginning.yield()
                            for await _ in stuck { break }
                            throw OperationError.busy("x")
                        }
                    }
                    ending.yield()
                }
                for await _ in begun { break }
                group.addTask { try await outbox.write { _, _ in disk.wait() } }
                // More than may wait behind it, so that one is refused, and then so is the next.
                for _ in 0..<2 * GroupCommit.maximumWaiting {
                    group.addTask {
                        do { try await outbox.write { _, _ in } } catch { refusing.yield() }
                    }
                }
                for await _ in refused { break }
                sticking.yield()
                for await _ in ended { break }
                disk.signal()
                try await group.waitForAll()
            }
            #expect(try await requests.once(Self.request) { Self.answer } == Self.answer)
        }
    }

    @Test(
        "what may have been done is not done again under its key, in this run or the next",
        arguments: [OperationError.unavailable("x", retryAfter: .seconds(5)), nil])
    func notKnown(error: OperationError?) async throws {
        try await withOutbox { outbox in
            let thrown: any Error = error ?? CancellationError() as any Error
            await #expect(throws: (any Error).self) {
                try await IdempotentRequests(outbox: outbox).once(Self.request) { throw thrown }
            }
            for _ in 0..<2 {
                let refusal = await #expect(throws: OperationError.self) {
                    try await IdempotentRequests(outbox: outbox).once(Self.request) {
                        Issue.record("it was done twice")
                        return Self.answer
                    }
                }
                #expect(isConflict(refusal), "\(String(describing: refusal))")
            }
        }
    }

    @Test("a key goes by counted time: a clock that is set makes it no older, a day that passed does")
    func life() async throws {
        try await withOutbox { outbox in
            let time = ManualClock()
            let requests = IdempotentRequests(outbox: outbox, clock: time.clock)
            _ = try await requests.once(Self.request) { Self.answer }
            time.set(by: 3 * 86_400)
            #expect(try await requests.once(Self.request) { KeptAnswer(status: 201, body: []) } == Self.answer)
            time.advance(by: 86_401)
            #expect(try await requests.once(Self.request) { KeptAnswer(status: 201, body: []) }.status == 201)
        }
    }
}
