import Foundation
import Jobs
import Journey
import Logging
import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import Sales
import Simulators
import SupplierInvoices
import Synchronization
import TestInvoices
import TestRuntime

/// Both ends of reading a supplier's invoice, a real folder, a real outbox, and a worker whose clock the test turns.
struct InvoiceStand: Sendable {
    let ends: InvoiceEnds
    let folder: InvoiceFolder
    let service: MortalInvoiceService
    let outbox: Outbox
    let time: ManualClock

    struct Terms {
        var polls = 1
        var limits = SupplierInvoiceLimits(giveUpAfter: .seconds(86_400), deletesRemote: true)
        /// When the first run ends.
        var death: MortalInvoiceService.Death?
    }

    /// Several runs follow each other as after a kill.
    static func open(_ terms: Terms = Terms(), _ runs: (@Sendable (InvoiceStand) async throws -> Void)...) async throws
    {
        let databases = FileManager.default.temporaryDirectory.appending(path: "kamkap-invoices-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: databases, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: databases) }
        let folder = try InvoiceFolder()
        try await InvoiceEnds.open(polls: terms.polls) { ends in
            for (number, body) in runs.enumerated() {
                let time = ManualClock()
                let limits = terms.limits
                try await ends.service(in: folder.folder, limits: limits, now: { time.now }) { service in
                    let mortal = MortalInvoiceService(service, until: number == 0 ? terms.death : nil)
                    try await run(number, in: databases, (ends, folder, mortal, time), body)
                }
            }
        }
    }

    private static func run(
        _ number: Int, in databases: URL,
        _ parts: (ends: InvoiceEnds, folder: InvoiceFolder, service: MortalInvoiceService, time: ManualClock),
        _ body: @Sendable (InvoiceStand) async throws -> Void
    ) async throws {
        let outbox = try Outbox(path: databases.appending(path: "\(number).sqlite").path)
        let worker = JobWorker(
            settings: JobWorkerSettings(concurrency: 2), outbox: outbox, service: parts.service,
            context: LoopContext(
                clock: parts.time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await worker.run() }
                    defer { group.cancelAll() }
                    try await body(
                        InvoiceStand(
                            ends: parts.ends, folder: parts.folder, service: parts.service, outbox: outbox,
                            time: parts.time))
                    parts.service.die()
                    _ = try await outbox.copy(to: databases.appending(path: "\(number + 1).sqlite").path)
                })
        } catch { result = .failure(error) }
        try outbox.close()
        try result.get()
    }

    /// Takes the document of this key.
    ///
    /// - Parameter isThere: whether its file lies where the service is given it from.
    @discardableResult
    func take(_ key: String = "A", isThere: Bool = true) async throws -> Int64 {
        let file = try folder.file(of: key)
        let (request, context) = service.request(for: file)
        let new = NewSupplierInvoice(
            .init(file.name, type: file.type.rawValue, size: file.bytes.count, digest: file.digest),
            job: NewJob(
                kind: .supplierInvoice, service: service.name, key: file.digest, request: request, context: context),
            receivedAt: time.now, shownAt: time.now)
        if !isThere { try FileManager.default.removeItem(atPath: "\(folder.path)/reading/\(file.digest).pdf") }
        guard case .new(let record) = try await outbox.take(new, atMost: 9) else { throw FixtureError() }
        return record.number
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

    @discardableResult
    func settled(_ number: Int64 = 1) async throws -> SupplierInvoiceRecord {
        try await wait { try await !outbox.supplierInvoice(number).state.isOwed }
        return try await outbox.supplierInvoice(number)
    }

    /// What lies beside the document once it is read.
    func reading(_ key: String = "A") throws -> String? {
        folder.reading(of: try folder.file(of: key).digest).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What is left outside of all documents.
    func leftovers() async -> [String] {
        await ends.store.objects().map(\.key) + ends.reader.liveJobs.map(\.number)
    }
}

/// A service that makes no more calls once its gateway is dead: what is on record then is all that was sent.
final class MortalInvoiceService: RemoteService {
    /// A moment: steps are counted from 1.
    enum Death: Sendable, CustomStringConvertible {
        case before(Int), after(Int)

        var description: String {
            switch self {
            case .before(let step): "before step \(step)"
            case .after(let step): "after step \(step)"
            }
        }
    }

    private struct State {
        var steps = 0
        var isDead = false
    }

    private let service: SupplierInvoiceService
    private let death: Death?
    private let state = Mutex(State())

    init(_ service: SupplierInvoiceService, until death: Death?) {
        self.service = service
        self.death = death
    }

    var name: ServiceName { service.name }
    var title: String { service.title }
    var settling: Duration? { service.settling }
    var clockDrift: TimeInterval { 0 }
    var lastTime: ServiceTime? { nil }
    var isDead: Bool { state.withLock(\.isDead) }

    func die() { state.withLock { $0.isDead = true } }

    func request(for file: SupplierFile) -> (request: [UInt8], context: String) { service.request(for: file) }
    func withdraw(context: String?, _ document: PublishedDocument.Name) async -> ServiceFailure? {
        await service.withdraw(context: context, document)
    }
    func remove(_ id: String) async -> ServiceFailure? { await service.remove(id) }

    func begin(_ job: OwedJob) async -> StepOutcome { await alive { await service.begin(job) } }
    func follow(_ job: OwedJob) async -> StepOutcome { await alive { await service.follow(job) } }

    private func alive(_ step: () async -> StepOutcome) async -> StepOutcome {
        let count = state.withLock { state in
            state.steps += 1
            if case .before(state.steps)? = death { state.isDead = true }
            return state.isDead ? nil : state.steps
        }
        guard let count else { return await hang() }
        let outcome = await step()
        if case .after(count)? = death { die() }
        return isDead ? await hang() : outcome
    }

    /// Nothing of it is written down.
    private func hang() async -> StepOutcome {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        end.finish()
        return .failed(ServiceFailure(code: "Test::Dead", message: "", disposition: .retry))
    }

    func onlyPrepares(_ job: OwedJob) -> Bool { service.onlyPrepares(job) }
    func probe() async -> ServiceFailure? { await service.probe() }
    func probeReveals(_ code: String) -> Bool { service.probeReveals(code) }
    func advice(for code: String?) -> String { service.advice(for: code) }
    func shutdown() async {}
}
