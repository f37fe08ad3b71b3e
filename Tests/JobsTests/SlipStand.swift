import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import ScanlyIQ
import Simulators
import Synchronization
import TestRuntime

/// A simulated ScanlyIQ, a real outbox, and a worker whose clock the test turns.
struct SlipStand: Sendable {
    let simulator: ScanlyIQSimulator
    let reader: MortalReader
    let outbox: Outbox
    let time: ManualClock

    struct Terms {
        /// A minute of a test is over at once, and one of the limits is not.
        var limits = CallLimits(uploads: 4_000, others: 4_000, window: .seconds(60))
        var healthCheckInterval: Duration?
        var leeway = ScanlyIQSimulator.Leeway()
    }

    /// Several runs follow each other as after a kill.
    static func open(
        _ terms: Terms = Terms(), _ runs: (@Sendable (SlipStand) async throws -> Void)...
    ) async throws {
        try await open(terms, runs)
    }

    static func open(_ terms: Terms, _ runs: [@Sendable (SlipStand) async throws -> Void]) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-reading-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = ScanlyIQSimulator.Configuration()
        configuration.limits = .none
        configuration.leeway = terms.leeway
        let simulator = ScanlyIQSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            for (number, body) in runs.enumerated() {
                let client = ScanlyIQClient(
                    endpoint: ScanlyIQEndpoint(url: try await simulator.endpoint(), key: configuration.key),
                    options: ScanlyIQCallOptions(timeout: .seconds(10), uploadTimeout: .seconds(10), connections: 4),
                    limits: terms.limits)
                let result: Result<Void, any Error>
                do {
                    result = .success(
                        try await run(
                            number, in: folder, MortalReader(client), simulator, every: terms.healthCheckInterval, body)
                    )
                } catch { result = .failure(error) }
                // A client that is dropped without it ends the whole test run.
                try await client.shutdown()
                try result.get()
            }
        }
    }

    private static func run(
        _ number: Int, in folder: URL, _ reader: MortalReader, _ simulator: ScanlyIQSimulator, every: Duration?,
        _ body: @Sendable (SlipStand) async throws -> Void
    ) async throws {
        let time = ManualClock()
        let outbox = try Outbox(path: folder.appending(path: "\(number).sqlite").path)
        let worker = JobWorker(
            settings: JobWorkerSettings(concurrency: 4, healthCheckInterval: every), outbox: outbox, service: reader,
            context: LoopContext(clock: time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await worker.run() }
                    defer { group.cancelAll() }
                    try await body(SlipStand(simulator: simulator, reader: reader, outbox: outbox, time: time))
                    reader.die()
                    _ = try await outbox.copy(to: folder.appending(path: "\(number + 1).sqlite").path)
                })
        } catch { result = .failure(error) }
        try outbox.close()
        try result.get()
    }

    @discardableResult
    func take(_ image: UInt8 = 1) async throws -> SlipRecord {
        let id = SlipID.random()
        var new = NewSlip(
            id: id, image: .init(.jpeg, size: 9, digest: Array(repeating: image, count: 32)),
            job: NewJob(
                kind: .slip, service: reader.name, key: id.text, request: SlipRecord.request(for: id, .jpeg)),
            arrival: .init(from: "", at: time.now, liveUntil: time.now.addingTimeInterval(15)),
            shownAt: Date(timeIntervalSince1970: 1_773_810_000))
        new.stated = Money(satang: 150_000)
        guard case .new(let record) = try await outbox.take(new, atMost: 9) else { throw FixtureError() }
        return record
    }

    /// Lets time pass until it is so.
    func wait(until isDone: @Sendable () async throws -> Bool) async throws {
        try await time.turning {
            while try await !isDone() {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    func settled(_ id: SlipID) async throws -> SlipRecord {
        try await wait { try await !outbox.slip(id).state.isOwed }
        return try await outbox.slip(id)
    }

    func condition(is wanted: AccountState.Condition) async throws {
        try await wait { try await outbox.account(of: reader.name).condition == wanted }
    }
}

/// A reader that makes no more calls once its gateway is dead: what is on record then is all that was sent.
final class MortalReader: RemoteService {
    private let service: ScanlyIQService
    private let isDead = Mutex(false)
    private let counts: CallCounts

    init(_ client: ScanlyIQClient) {
        let counts = CallCounts()
        self.counts = counts
        service = ScanlyIQService(
            client: client, images: { [0xFF, 0xD8, 0xFF, 0xE0] + Array($0.utf8) },
            observer: ServiceObserver(called: { counts.add("\($0) \($1 ?? "answered")") }))
    }

    var name: ServiceName { service.name }
    var title: String { service.title }
    var clockDrift: TimeInterval { 0 }
    var lastTime: ServiceTime? { nil }

    func die() { isDead.withLock { $0 = true } }

    /// How often a call ended so, such as `credits limited`.
    func count(_ call: String) -> Int { counts[call] }

    func begin(_ job: OwedJob) async -> StepOutcome { await alive { await service.begin(job) } }
    func follow(_ job: OwedJob) async -> StepOutcome { await alive { await service.follow(job) } }

    private func alive(_ step: () async -> StepOutcome) async -> StepOutcome {
        if !isDead.withLock(\.self) { return await step() }
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        end.finish()
        return .failed(ServiceFailure(code: "Test::Dead", message: "", disposition: .retry))
    }

    func probe() async -> ServiceFailure? { await service.probe() }
    func probeReveals(_ code: String) -> Bool { service.probeReveals(code) }
    func advice(for code: String?) -> String { service.advice(for: code) }
    func shutdown() async {}
}

private final class CallCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ call: String) { counts.withLock { $0[call, default: 0] += 1 } }
    subscript(_ call: String) -> Int { counts.withLock { $0[call, default: 0] } }
}
