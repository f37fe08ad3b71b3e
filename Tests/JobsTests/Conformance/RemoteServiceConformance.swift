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
import Testing

/// What every service keeps behind a job worker: run against a scripted one, and against each real one on its simulator.
@Suite(.timeLimit(.minutes(2))) struct RemoteServiceConformance {
    /// A real outbox, and a worker whose clock the test turns.
    private struct Bench: Sendable {
        let stage: any ServiceStage
        let outbox: Outbox
        let time: ManualClock
        let log: LogBook

        func accept(_ id: String) async throws -> TransactionID {
            let event = try Stub.event(id)
            let request = stage.provider.request(for: event)
            let sale = NewSale(
                event: event,
                registration: NewJob(
                    kind: .registration, service: stage.provider.name, key: id, request: request.bytes,
                    context: request.context),
                printer: nil,
                arrival: .init(from: "test", at: time.now, liveUntil: time.now.addingTimeInterval(3)))
            guard case .new = try await outbox.accept(sale) else { throw FixtureError() }
            return event.sale.id
        }

        func registration(of id: TransactionID) async throws -> SaleRegistration {
            try await outbox.sale(id).registration
        }

        /// The registration once it is as wanted; time passes from one waking to the next until then.
        func registration(
            of id: TransactionID, once isDone: (SaleRegistration) -> Bool
        ) async throws -> SaleRegistration {
            let ticks = outbox.changes.ticks(of: .sale(id))
            return try await time.turning {
                var registration = try await registration(of: id)
                if isDone(registration) { return registration }
                for await _ in ticks {
                    registration = try await self.registration(of: id)
                    if isDone(registration) { break }
                }
                return registration
            }
        }

        func condition(is wanted: AccountState.Condition) async throws {
            try await time.turning {
                while try await outbox.account(of: stage.provider.name).condition != wanted {
                    try Task.checkCancellation()
                    await Task.yield()
                }
            }
        }
    }

    /// Several runs are one after the other on the same outbox: a worker is cancelled in whatever it does once its body
    /// returns, and the next one begins.
    private func open(
        _ kind: StageKind, _ runs: (@Sendable (Bench) async throws -> Void)...
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-service-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await kind.open { stage in
            for body in runs {
                let (time, log) = (ManualClock(), LogBook())
                let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
                let worker = JobWorker(
                    settings: JobWorkerSettings(concurrency: 4), outbox: outbox, service: stage.provider,
                    context: LoopContext(clock: time.clock, logger: log.logger))
                let result: Result<Void, any Error>
                do {
                    result = .success(
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            group.addTask { try await worker.run() }
                            defer { group.cancelAll() }
                            try await body(Bench(stage: stage, outbox: outbox, time: time, log: log))
                        })
                } catch { result = .failure(error) }
                try outbox.close()
                try result.get()
            }
        }
    }

    private func owed(_ id: String, by stage: any ServiceStage) throws -> OwedJob {
        OwedJob(key: id, request: stage.provider.request(for: try Stub.event(id)))
    }

    @Test("a job is done, and the service has acted on it once", arguments: StageKind.allCases)
    func done(kind: StageKind) async throws {
        try await open(kind) { bench in
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state == .ready }
            #expect(registration.link != nil && registration.attempts == 1)
            #expect(await bench.stage.actions() == ["A": 1])
        }
    }

    @Test("an attempt is on disk before its first byte leaves", arguments: StageKind.allCases)
    func recordedBeforeSent(kind: StageKind) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(.slow, times: nil)
            let id = try await bench.accept("A")
            try await bench.stage.waitForBegins(1)
            let machine = try await bench.registration(of: id).machine
            #expect(machine.attempts >= 1 && (machine.hasOpenAttempt || machine.mayHaveActed))
        }
    }

    @Test(
        "after a call of unknown end it is asked again, and acted on once",
        arguments: StageKind.allCases, StageFault.unanswered)
    func unknownEnd(kind: StageKind, fault: StageFault) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(fault, times: 1)
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state != .pending }
            #expect(registration.state == .ready, "\(String(describing: registration.lastError?.code))")
            #expect(registration.attempts >= 2)
            #expect(await bench.stage.actions() == ["A": 1])
        }
    }

    @Test("what somebody else made under a job's key is never taken for ours", arguments: StageKind.allCases)
    func stranger(kind: StageKind) async throws {
        try await open(kind) { bench in
            try await bench.stage.occupy(try owed("A", by: bench.stage))
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state != .pending }
            #expect(registration.state == .rejected && registration.link == nil)
        }
    }

    @Test("a refused job is refused alone", arguments: StageKind.allCases)
    func refusedAlone(kind: StageKind) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(.jobRefused, times: 1)
            let refused = try await bench.accept("A")
            #expect(try await bench.registration(of: refused) { $0.state != .pending }.state == .rejected)
            let next = try await bench.accept("B")
            #expect(try await bench.registration(of: next) { $0.state != .pending }.state == .ready)
        }
    }

    @Test("a refused account is held, and released by itself once it is corrected", arguments: StageKind.allCases)
    func held(kind: StageKind) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(.accountRefused, times: nil)
            let id = try await bench.accept("A")
            try await bench.condition(is: .held)
            #expect(try await bench.registration(of: id).state == .pending)
            await bench.stage.heal()
            #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .ready)
            try await bench.condition(is: .up)
        }
    }

    @Test("a service that answers nobody is down, and comes back by itself", arguments: StageKind.allCases)
    func down(kind: StageKind) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(.unavailable, times: nil)
            var ids: [TransactionID] = []
            for name in ["A", "B", "C", "D"] { ids.append(try await bench.accept(name)) }
            try await bench.condition(is: .down)
            await bench.stage.heal()
            for id in ids { #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .ready) }
            #expect(await bench.stage.actions() == ["A": 1, "B": 1, "C": 1, "D": 1])
        }
    }

    @Test("a call that is cancelled in the middle ends, and says that it may have acted", arguments: StageKind.allCases)
    func cancelled(kind: StageKind) async throws {
        try await kind.open { stage in
            await stage.inject(.slow, times: 1)
            let job = try owed("A", by: stage)
            let outcome = await withTaskGroup(of: StepOutcome.self) { group in
                group.addTask { await stage.provider.begin(job) }
                try? await stage.waitForBegins(1)
                group.cancelAll()
                return await group.next()
            }
            guard case .failed(let failure)? = outcome else {
                Issue.record("expected a failure, got \(String(describing: outcome))")
                return
            }
            #expect(failure.mayHaveActed)
        }
    }

    @Test(
        "the result is asked for again until there is one, and nothing is made twice",
        arguments: StageKind.allCases, StageFault.unanswered)
    func unansweredFollow(kind: StageKind, fault: StageFault) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(fault, at: .follow, times: 2)
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state != .pending }
            #expect(registration.state == .ready, "\(String(describing: registration.lastError?.code))")
            #expect(registration.attempts >= 3)
            #expect(await bench.stage.actions() == ["A": 1])
        }
    }

    @Test(
        "a worker that is stopped in the middle of a call leaves the job to the next one, and nothing is made twice",
        arguments: StageKind.allCases, StageCall.allCases.filter { $0 != .probe })
    func stoppedInTheMiddle(kind: StageKind, call: StageCall) async throws {
        try await open(
            kind,
            { bench in
                await bench.stage.inject(.slow, at: call, times: 1)
                let id = try await bench.accept("A")
                try await bench.stage.waitForBegins(1)
                if call == .follow { _ = try await bench.registration(of: id) { $0.machine.hasOpenAttempt } }
            },
            { bench in
                await bench.stage.heal()
                let id = try #require(TransactionID("A"))
                #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .ready)
                #expect(await bench.stage.actions() == ["A": 1])
            })
    }

    @Test("a health check says what is wrong, or nothing", arguments: StageKind.allCases, StageFault.allCases)
    func probe(kind: StageKind, fault: StageFault) async throws {
        try await kind.open { stage in
            #expect(await stage.provider.probe() == nil)
            await stage.inject(fault, at: .probe, times: 1)
            let failure = try #require(await stage.provider.probe())
            let isUnanswered = if case .noAnswer = failure.disposition { true } else { false }
            #expect(isUnanswered == StageFault.unanswered.contains(fault), "\(failure.disposition)")
            #expect(await stage.provider.probe() == nil)
            for secret in stage.secrets { #expect(!"\(failure)".contains(secret)) }
        }
    }

    @Test("nothing that it says of itself is secret", arguments: StageKind.allCases, StageFault.allCases)
    func discreet(kind: StageKind, fault: StageFault) async throws {
        try await open(kind) { bench in
            await bench.stage.inject(fault, times: 1)
            let outcome = await bench.stage.provider.begin(try owed("Z", by: bench.stage))
            guard case .failed(let failure) = outcome else {
                Issue.record("\(fault) did not fail: \(outcome)")
                return
            }
            await bench.stage.inject(fault, times: 1)
            let id = try await bench.accept("A")
            _ = try await bench.registration(of: id) { $0.attempts > 0 && !$0.machine.hasOpenAttempt }
            let said =
                [failure.code, failure.message, "\(failure)", bench.stage.provider.advice(for: failure.code)]
                + bench.log.all.map(\.text)
            for secret in bench.stage.secrets { #expect(!said.contains { $0.contains(secret) }) }
        }
    }
}
