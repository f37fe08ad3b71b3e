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
    private func open(
        _ kind: StageKind, _ runs: (@Sendable (ServiceBench) async throws -> Void)...
    ) async throws {
        try await ServiceBench.open(kind, runs)
    }

    private func owed(_ id: String, by stage: any ServiceStage) async throws -> OwedJob {
        try await stage.prepared(OwedJob(key: id, request: stage.provider.request(for: try Stub.event(id))))
    }

    /// After an attempt of unknown end the service has acted on the job once; at most twice if nobody can find that out.
    private func expectActedOnce(_ stage: any ServiceStage) async {
        let actions = await stage.actions()
        #expect(actions == ["A": 1] || !stage.canLook && actions == ["A": 2])
    }

    @Test("a job is done, and the service has acted on it once", arguments: StageKind.allCases)
    func done(kind: StageKind) async throws {
        try await open(kind) { bench in
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state == .ready }
            #expect(registration.link != nil && registration.attempts == bench.stage.attempts)
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
            await expectActedOnce(bench.stage)
        }
    }

    @Test("what somebody else made under a job's key is never taken for ours", arguments: StageKind.withKeys)
    func stranger(kind: StageKind) async throws {
        try await open(kind) { bench in
            try await bench.stage.occupy(try await owed("A", by: bench.stage))
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
            let job = try await owed("A", by: stage)
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
                if call == .follow {
                    // Where a repeat is not told, what was made is on record already.
                    _ = try await bench.registration(of: id) {
                        $0.machine.hasOpenAttempt || $0.machine.step == .follow
                    }
                }
            },
            { bench in
                await bench.stage.heal()
                let id = try #require(TransactionID("A"))
                #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .ready)
                await expectActedOnce(bench.stage)
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
            let outcome = await bench.stage.provider.begin(try await owed("Z", by: bench.stage))
            guard case .failed(let failure) = outcome else {
                Issue.record("\(fault) did not fail: \(outcome)")
                return
            }
            await bench.stage.inject(fault, times: 1)
            let id = try await bench.accept("A")
            _ = try await bench.registration(of: id) {
                $0.attempts >= bench.stage.attemptsUntilBegin && !$0.machine.hasOpenAttempt
            }
            let said =
                [failure.code, failure.message, "\(failure)", bench.stage.provider.advice(for: failure.code)]
                + bench.log.all.map(\.text)
            for secret in bench.stage.secrets { #expect(!said.contains { $0.contains(secret) }) }
        }
    }
}
