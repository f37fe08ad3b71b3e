import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Host

@Suite(.timeLimit(.minutes(1))) struct SlowDiskTests {
    private final class Flag: Sendable {
        let value = Atomic(false)
    }

    private let disk = SlowDisk()

    /// Holds up every thread of the disk until `gate` is opened as often; returns once nobody waits for them any more.
    private func hang(for limit: Duration, until gate: DispatchSemaphore) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...2 {
                group.addTask {
                    let error = await #expect(throws: HostError.self) {
                        try await disk.use(within: limit) { () throws(HostError) in
                            try await BlockingWork.run { gate.wait() }
                        }
                    }
                    #expect(error?.message == "The disk has not answered for \(limit.components.seconds) s.")
                }
            }
        }
    }

    @Test("what is done there is done, and refused as elsewhere")
    func well() async throws {
        let folder = try TemporaryFolder()
        let place = try folder.place("a")
        let kept = try await disk.use(within: .seconds(30)) { () throws(HostError) in
            try await DurableFile.write([1, 2], to: place)
        }
        #expect(kept == place)
        #expect(try folder.bytes(of: "a") == [1, 2])
        let refused = await #expect(throws: HostError.self) {
            try await disk.use(within: .seconds(30)) { () throws(HostError) in
                try await DurableFile.write([3], to: place)
            }
        }
        #expect(refused?.code == .alreadyExists)
        #expect(!disk.hangs(for: .seconds(30)))
    }

    @Test("once all threads are held up, work is refused at once, until the disk answers")
    func refusedAtOnce() async throws {
        let gate = DispatchSemaphore(value: 0)
        let limit = Duration.seconds(2)
        #expect(!disk.hangs(for: .zero))
        await hang(for: limit, until: gate)
        #expect(disk.hangs(for: limit))
        let begun = ContinuousClock.now
        await #expect(throws: HostError.self) {
            try await disk.use(within: limit) { () throws(HostError) in try await BlockingWork.run {} }
        }
        #expect(ContinuousClock.now - begun < limit)
        for _ in 1...2 { gate.signal() }
        while disk.hangs(for: .zero) { await Task.yield() }
        try await disk.use(within: .seconds(30)) { () throws(HostError) in try await BlockingWork.run {} }
    }

    @Test("work that nobody waits for any more is not done when its turn comes")
    func givenUp() async throws {
        let gate = DispatchSemaphore(value: 0)
        await hang(for: .seconds(1), until: gate)
        let isDone = Flag()
        await #expect(throws: HostError.self) {
            // It waits: nothing has been held up so long yet.
            try await disk.use(within: .seconds(4)) { () throws(HostError) in
                try await BlockingWork.run { isDone.value.store(true, ordering: .relaxed) }
            }
        }
        for _ in 1...2 { gate.signal() }
        // In the order of their coming.
        for _ in 1...2 {
            try await disk.use(within: .seconds(30)) { () throws(HostError) in try await BlockingWork.run {} }
        }
        let wasDone = isDone.value.load(ordering: .relaxed)
        #expect(!wasDone)
    }

    @Test("the limit is that of everything together")
    func together() async throws {
        let begun = ContinuousClock.now
        await #expect(throws: HostError.self) {
            try await disk.use(within: .milliseconds(200)) { () throws(HostError) in
                while true { try await BlockingWork.run {} }
            }
        }
        #expect(ContinuousClock.now - begun >= .milliseconds(200))
    }
}
