import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import TestRuntime
import TestServices

/// A reader that does what a test says, a real outbox, and a worker whose clock the test turns.
struct SlipBench: Sendable {
    let reader: ScriptedSlipReader
    let outbox: Outbox
    let time: ManualClock

    @discardableResult
    func take(_ image: UInt8 = 1) async throws -> SlipRecord {
        let id = SlipID.random()
        var new = NewSlip(
            id: id, image: .init(.jpeg, size: 9, digest: Array(repeating: image, count: 32)),
            job: NewJob(
                kind: .slip, service: reader.name, key: id.text, request: SlipRecord.request(for: id, .jpeg)),
            arrival: .init(from: "", at: time.now, liveUntil: time.now.addingTimeInterval(15)),
            shownAt: Date(timeIntervalSince1970: 1_795_144_500))
        new.stated = Money(satang: 12_000)
        guard case .new(let record) = try await outbox.take(new, atMost: 9) else { throw FixtureError() }
        return record
    }

    /// The slip once it is as wanted; time passes from one waking to the next until then.
    func slip(_ id: SlipID, once isDone: @Sendable (SlipRecord) -> Bool) async throws -> SlipRecord {
        let ticks = outbox.changes.ticks(of: .slip(id))
        return try await time.turning {
            var slip = try await outbox.slip(id)
            if isDone(slip) { return slip }
            for await _ in ticks {
                slip = try await outbox.slip(id)
                if isDone(slip) { break }
            }
            return slip
        }
    }

    func settled(_ id: SlipID) async throws -> SlipRecord { try await slip(id) { !$0.state.isOwed } }

    /// Several runs follow each other as after a kill: each finds the database as it was when the one before had done its part,
    /// whatever that one writes later.
    ///
    /// - Parameter preparing: done before any worker runs.
    static func open(
        preparing: (@Sendable (SlipBench) async throws -> Void)? = nil,
        _ runs: (@Sendable (SlipBench) async throws -> Void)...
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-slips-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let reader = ScriptedSlipReader()
        for (number, body) in runs.enumerated() {
            let time = ManualClock()
            let outbox = try Outbox(path: folder.appending(path: "\(number).sqlite").path)
            let bench = SlipBench(reader: reader, outbox: outbox, time: time)
            if number == 0 { try await preparing?(bench) }
            let worker = JobWorker(
                settings: JobWorkerSettings(concurrency: 4), outbox: outbox, service: reader,
                context: LoopContext(clock: time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            )
            let result: Result<Void, any Error>
            do {
                result = .success(
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await worker.run() }
                        defer { group.cancelAll() }
                        try await body(bench)
                        _ = try await outbox.copy(to: folder.appending(path: "\(number + 1).sqlite").path)
                    })
            } catch { result = .failure(error) }
            try outbox.close()
            try result.get()
        }
    }
}
