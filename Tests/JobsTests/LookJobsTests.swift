import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import ServiceLifecycle
import TestRuntime
import TestServices
import Testing

/// What a worker makes of looks for what may have been made, at a service that cannot tell a repeat.
@Suite(.timeLimit(.minutes(2))) struct LookJobsTests {
    private static let failure = Failure(code: "Gateway::Unanswered", message: "no answer", at: .distantPast)

    private struct Bench: Sendable {
        let provider = ScriptedProvider(tellsRepeats: false)
        let outbox: Outbox
        let time = ManualClock()

        /// - Parameter service: the provider as the worker sees it; nil for itself.
        func worker(concurrency: Int = 4, as service: (any RemoteService)? = nil) -> JobWorker {
            JobWorker(
                settings: JobWorkerSettings(concurrency: concurrency), outbox: outbox, service: service ?? provider,
                context: LoopContext(clock: time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            )
        }

        @discardableResult
        func accept(_ id: String) async throws -> SaleRecord {
            let event = try Stub.event(id)
            let sale = NewSale(
                event: event,
                registration: NewJob(
                    kind: .registration, service: provider.name, key: id, request: provider.request(for: event).bytes),
                printer: nil, arrival: .init(from: "test", at: time.now, liveUntil: time.now.addingTimeInterval(3)))
            guard case .new(let record) = try await outbox.accept(sale) else { throw FixtureError() }
            return record
        }

        /// A sale that an earlier attempt may have made, and that is to be looked for now.
        @discardableResult
        func acceptUnsettled(_ id: String, isMade: Bool = false) async throws -> SaleRecord {
            let record = try await accept(id)
            if isMade { provider.occupy(OwedJob(key: id, request: ServiceRequest(bytes: []))) }
            try await outbox.apply(
                [.attemptBegan, .deferred(LookJobsTests.failure, until: time.now, mayHaveActed: true)],
                toJob: record.registration.job, at: time.now)
            return record
        }

        func registration(_ id: String, once isDone: (SaleRegistration) -> Bool) async throws -> SaleRegistration {
            let id = try id.sale
            let ticks = outbox.changes.ticks(of: .sale(id))
            var registration = try await outbox.sale(id).registration
            if isDone(registration) { return registration }
            for await _ in ticks {
                registration = try await outbox.sale(id).registration
                if isDone(registration) { break }
            }
            return registration
        }
    }

    private func open(_ body: (Bench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-look-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
        try await body(Bench(outbox: outbox))
        try outbox.close()
    }

    /// Runs a worker while `body` runs.
    private func run(_ worker: JobWorker, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test("what is made is written down before its result is asked for, and nobody comes between the two")
    func writtenBeforeFollow() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            let (gate, end) = AsyncStream.makeStream(of: Void.self)
            let job = NewJob(kind: .registration, service: bench.provider.name, key: "A", request: [1])
            try await run(bench.worker(as: HangingFollow(provider: bench.provider, gate: gate))) {
                let registration = try await bench.registration("A") { $0.machine.remoteID != nil }
                #expect((registration.machine.step, registration.machine.remoteID) == (.follow, "D-A"))
                #expect(registration.attempts == 1 && registration.machine.hasOpenAttempt)
                for way in [JobRetry.Way.adopting(remoteID: "D-7"), .anew, .moving] {
                    let service = way == .moving ? ServiceName.slime : bench.provider.name
                    let new = NewJob(kind: .registration, service: service, key: "A", request: [2])
                    let retry = JobRetry(way, settling: bench.provider.settling)
                    let refusal = await #expect(throws: OutboxError.self) {
                        try await bench.outbox.retry(record.id, with: new, as: retry, at: bench.time.now)
                    }
                    #expect(refusal?.code == .conflict)
                }
                // It asks once more for what was made, which is always safe.
                _ = try await bench.outbox.retry(
                    record.id, with: job, as: JobRetry(settling: bench.provider.settling), at: bench.time.now)
                end.finish()
                let ready = try await bench.registration("A") { $0.state != .pending }
                #expect((ready.state, ready.machine.remoteID, ready.attempts) == (.ready, "D-A", 1))
                #expect(!ready.machine.hasOpenAttempt)
            }
            #expect(bench.provider.follows().allSatisfy { $0.remoteID == "D-A" })
            #expect(bench.provider.actions() == ["A": 1])
        }
    }

    @Test("what was asked for when the gateway was killed is asked for again at once, and not looked for")
    func killedInFollow() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            bench.provider.occupy(OwedJob(key: "A", request: ServiceRequest(bytes: [])))
            try await bench.outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-A"), .wentOn], toJob: record.registration.job, at: bench.time.now)
            try await run(bench.worker()) {
                let ready = try await bench.registration("A") { $0.state != .pending }
                #expect(ready.state == .ready)
            }
            #expect(bench.provider.looks().isEmpty && bench.provider.actions() == ["A": 1])
        }
    }

    @Test("a look is told the name that is on record")
    func knownName() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            try await bench.outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-7"), .rejected(Self.failure)], toJob: record.registration.job,
                at: bench.time.now)
            let job = NewJob(kind: .registration, service: bench.provider.name, key: "A", request: [1])
            _ = try await bench.outbox.retry(
                record.id, with: job, as: JobRetry(settling: bench.provider.settling), at: bench.time.now)
            try await run(bench.worker()) {
                try await bench.time.turning {
                    _ = try await bench.registration("A") { $0.machine.search.absences > 0 }
                }
            }
            #expect(bench.provider.looks().first?.remoteID == "D-7")
            #expect(bench.provider.looks().first?.request.bytes == [1])
        }
    }

    @Test("looks take no sale's place, however many there are and however long they take", arguments: [1, 4])
    func apartFromSales(concurrency: Int) async throws {
        try await open { bench in
            for number in 1...80 { try await bench.acceptUnsettled("OLD-\(number)", isMade: true) }
            bench.provider.holdLooks()
            try await run(bench.worker(concurrency: concurrency)) {
                try await bench.provider.waitForLooks(64)
                for number in 1...8 {
                    try await bench.accept("NEW-\(number)")
                    let registration = try await bench.registration("NEW-\(number)") { $0.state != .pending }
                    #expect(registration.state == .ready)
                }
                #expect(bench.provider.looks().count == 64)
                bench.provider.letLooksGo()
                for number in 1...80 {
                    let registration = try await bench.registration("OLD-\(number)") { $0.state != .pending }
                    #expect(registration.state == .ready)
                }
            }
            #expect(bench.provider.looks().count == 80)
            #expect(bench.provider.actions().values.allSatisfy { $0 == 1 })
        }
    }

    @Test("a stop does not wait for a look, which leaves nothing behind")
    func stop() async throws {
        try await open { bench in
            let record = try await bench.acceptUnsettled("A")
            try await bench.outbox.apply(
                [.attemptBegan, .absent(Self.failure, until: bench.time.now)], toJob: record.registration.job,
                at: bench.time.now)
            let before = try await bench.outbox.sale(record.id).registration
            bench.provider.holdLooks()
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: bench.worker())],
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await bench.provider.waitForLooks(1)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(try await bench.outbox.sale(record.id).registration == before)
        }
    }

    @Test(
        "what the service says it has, and does not list, is looked for and not made again", arguments: [true, false])
    func unlisted(isShown: Bool) async throws {
        try await open { bench in
            bench.provider.hide(true)
            try await bench.acceptUnsettled("A", isMade: true)
            try await run(bench.worker()) {
                try await bench.time.turning {
                    _ = try await bench.registration("A") { $0.machine.search.isSurelyMade }
                    if isShown { bench.provider.hide(false) }
                    let end = try await bench.registration("A") { $0.state != .pending }
                    #expect(end.state == (isShown ? .ready : .rejected))
                    #expect(isShown || end.lastError?.code == "Gateway::OutcomeUnknown")
                }
            }
            #expect(bench.provider.actions() == ["A": 1])
        }
    }

    @Test("a document is taken back, however often the service has to be asked, and its sale is none the worse")
    func withdrawal() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            try await run(bench.worker()) {
                _ = try await bench.registration("A") { $0.state == .ready }
                bench.provider.inject(.lostAfterActing, at: .follow, times: 2)
                _ = try await bench.outbox.withdrawDocument(of: record.id, at: bench.time.now)
                try await bench.time.turning {
                    let after = try await bench.registration("A") {
                        if case .done = $0.withdrawal { true } else { false }
                    }
                    #expect(after.state == .ready && after.link == nil)
                }
            }
            let asked = bench.provider.withdrawals()
            #expect(asked.count == 3 && asked.allSatisfy { $0.remoteID == "D-A" && $0.kind == .withdrawal })
            #expect(bench.provider.looks().isEmpty)
        }
    }

    @Test("a withdrawal that was killed is asked for again at the next start")
    func killedWithdrawal() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            try await bench.outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-A"), .done(result: "https://scripted.example/A")],
                toJob: record.registration.job, at: bench.time.now)
            _ = try await bench.outbox.withdrawDocument(of: record.id, at: bench.time.now)
            let killed = try await bench.outbox.beginJobs(
                of: bench.provider.name, at: bench.time.now, within: JobLimits(all: 1))
            #expect(killed.map(\.kind) == [.withdrawal])
            try await run(bench.worker()) {
                let after = try await bench.registration("A") {
                    if case .done = $0.withdrawal { true } else { false }
                }
                #expect(after.state == .ready)
            }
            #expect(bench.provider.withdrawals().count == 1)
        }
    }

    @Test("a tax invoice that the provider refuses changes nothing about its sale")
    func invoice() async throws {
        try await open { bench in
            let record = try await bench.accept("A")
            try await run(bench.worker()) {
                let ready = try await bench.registration("A") { $0.state == .ready }
                bench.provider.inject(.jobRefused, at: .begin, times: 1)
                let ticks = bench.outbox.changes.ticks(of: .sale(record.id))
                _ = try await bench.outbox.requestInvoice(
                    of: record.id,
                    with: NewJob(kind: .saleInvoice, service: bench.provider.name, key: "A", request: [1]),
                    at: bench.time.now)
                for await _ in ticks {
                    if try await bench.outbox.invoice(of: record.id)?.state != .pending { break }
                }
                #expect(try await bench.outbox.invoice(of: record.id)?.state == .rejected)
                #expect(try await bench.outbox.sale(record.id).registration == ready)
            }
        }
    }

    @Test("an account that is held is probed by what can release it, and by a look only if nothing else is owed")
    func probe() async throws {
        try await open { bench in
            try await bench.outbox.setAccount(
                AccountState(condition: .held, failure: Self.failure, since: bench.time.now), of: bench.provider.name)
            try await bench.acceptUnsettled("OLD", isMade: true)
            try await run(bench.worker()) {
                try await bench.time.turning {
                    _ = try await bench.registration("OLD") { $0.state == .ready }
                }
                // What is found does not show that the account may make anything.
                #expect(try await bench.outbox.account(of: bench.provider.name).condition == .held)
            }
            try await bench.acceptUnsettled("OLDER", isMade: true)
            bench.time.advance(by: 1)
            try await bench.accept("NEW")
            // A look would hang, and no other job would be a probe meanwhile.
            bench.provider.holdLooks()
            try await run(bench.worker()) {
                try await bench.time.turning {
                    _ = try await bench.registration("NEW") { $0.state == .ready }
                }
                bench.provider.letLooksGo()
                try await bench.time.turning {
                    _ = try await bench.registration("OLDER") { $0.state == .ready }
                }
            }
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
        }
    }
}

/// A provider whose results are asked for in vain until a gate is opened.
private struct HangingFollow: RemoteService {
    let provider: ScriptedProvider
    let gate: AsyncStream<Void>

    var name: ServiceName { provider.name }
    var title: String { provider.title }
    var settling: Duration? { provider.settling }
    var clockDrift: TimeInterval { provider.clockDrift }
    var lastTime: ServiceTime? { provider.lastTime }

    func begin(_ job: OwedJob) async -> StepOutcome { await provider.begin(job) }
    func follow(_ job: OwedJob) async -> StepOutcome {
        for await _ in gate {}
        return await provider.follow(job)
    }
    func probe() async -> ServiceFailure? { await provider.probe() }
    func probeReveals(_ code: String) -> Bool { provider.probeReveals(code) }
    func advice(for code: String?) -> String { provider.advice(for: code) }
    func shutdown() async {}
}

extension String {
    fileprivate var sale: TransactionID {
        get throws {
            guard let id = TransactionID(self) else { throw FixtureError() }
            return id
        }
    }
}
