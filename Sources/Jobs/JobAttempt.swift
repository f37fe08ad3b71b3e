import FaultPoints
import Foundation
import Journey
import Outbox
import Sales
import Slime

/// One attempt at one registration, which is on disk as begun: call, and write down what came of it.
struct JobAttempt {
    let owed: JobRecord
    let jobWorker: JobWorker
    let outbox: Outbox
    let calls: SlimeCalls

    /// The registration as it stands afterwards; nil where nothing was sent after all.
    func run() async throws(OutboxError) -> JobMachine? {
        let hasPlace = await jobWorker.enterCalls(owed)
        guard hasPlace, !Task.isCancelled else {
            if hasPlace { await jobWorker.leaveCalls(owed.seq) }
            try await withdraw()
            return nil
        }
        let exchange: Exchange
        do throws(OutboxError) {
            exchange = try await callBoth()
        } catch {
            await jobWorker.leaveCalls(owed.seq)
            throw error
        }
        await jobWorker.leaveCalls(owed.seq)
        return try await keep(exchange)
    }

    /// What came of the calls.
    private struct Exchange {
        var events: [JobMachine.Event]
        /// What the provider showed, where that has a link that may be printed.
        var linked: ShownTransaction?
    }

    private func keep(_ exchange: Exchange) async throws(OutboxError) -> JobMachine {
        let now = await jobWorker.now
        var incident: Incident?
        if let value = exchange.linked.map(\.tradeValue), let sale = owed.sale {
            incident = JobWorker.incident(of: sale.id, totals: sale.totals, tradeValue: value, at: now)
            await jobWorker.noteTotals(of: sale.id, TotalComparison(value, with: sale.totals), incident)
        }
        return try await outbox.apply(exchange.events, toJob: owed.seq, noting: incident, at: now)
    }

    /// Takes back that it began. Left standing it would say that the provider may know of this sale.
    private func withdraw() async throws(OutboxError) {
        while true {
            let failure: OutboxError
            do throws(OutboxError) {
                try await outbox.apply([.withdrawn], toJob: owed.seq, at: await jobWorker.now)
                return
            } catch {
                failure = error
            }
            guard failure.code == .full || failure.code == .busy, await jobWorker.waitForDisk() else { throw failure }
        }
    }

    /// Both calls, or the one that is left. What follows from the answers for this sale.
    private func callBoth() async throws(OutboxError) -> Exchange {
        guard let sale = owed.sale else { throw OutboxError(.conflict, "a registration that belongs to no sale") }
        var events: [JobMachine.Event] = []
        if owed.machine.step == .begin {
            let mark = await jobWorker.mark
            let stub = await calls.stub(owed.request)
            FaultPoint.stubAnswered.pass()
            switch stub {
            case .success:
                try await jobWorker.noteSuccess(of: .stub, for: call)
                events.append(.begun())
            case .failure(let error):
                guard SlimeVerdict(error, step: .begin, namesItsTheme: StubData.namesItsTheme(owed.context)) == .alreadyInitiated else {
                    return Exchange(events: [try await outcome(of: error, at: .begin, since: mark)])
                }
                try await jobWorker.noteAnswer(to: call)
                events.append(.foundExisting(Failure(error, at: await jobWorker.now)))
                // A stranger's: its link is not ours to ask for.
                if !owed.machine.mayHaveActed { return Exchange(events: events) }
            }
        }
        let mark = await jobWorker.mark
        let shown = await calls.show(sale.id)
        FaultPoint.showAnswered.pass()
        switch shown {
        case .success(let transaction):
            try await jobWorker.noteSuccess(of: .show, for: call)
            let event = await outcome(of: transaction.serviceURL)
            let isLinked = if case .done = event { true } else { false }
            return Exchange(events: events + [event], linked: isLinked ? transaction : nil)
        case .failure(let error):
            return Exchange(events: events + [try await outcome(of: error, at: .follow, since: mark)])
        }
    }

    /// The link, or why this answer has none that may be printed.
    private func outcome(of url: String?) async -> JobMachine.Event {
        let now = await jobWorker.now
        guard let url else {
            let failure = Failure(
                code: "Gateway::NoServiceURL", message: "Slime registered the sale but gave no service_url yet", at: now
            )
            return .deferred(failure, until: due(after: .sale, at: now), mayHaveActed: false)
        }
        if let fault = ServiceURLRule.fault(of: url) {
            return .rejected(
                Failure(code: "Gateway::UnprintableServiceURL", message: "\(fault): it is never printed", at: now))
        }
        return .done(result: url)
    }

    /// What a failed call means for this sale; what it means for all is told to the job worker.
    ///
    /// - Parameter mark: what the job worker had seen when the call began.
    private func outcome(
        of error: SlimeError, at step: JobMachine.Step, since mark: Int
    ) async throws(OutboxError) -> JobMachine.Event {
        let now = await jobWorker.now
        let failure = Failure(error, at: now)
        let verdict = SlimeVerdict(error, step: step, namesItsTheme: StubData.namesItsTheme(owed.context))
        switch verdict {
        case .tryAgain:
            try await jobWorker.noteAnswer(to: call)
            return .deferred(
                failure, until: due(after: .sale, at: now, minimum: error.retryAfter), mayHaveActed: error.mayHaveActed)
        case .noAnswer(let scope):
            let whose = try await jobWorker.noteFailure(
                error, scope, of: call, since: mark, waitsApart: owed.machine.waitsApart)
            let waitsApart = whose == .sale(waitsApart: true)
            return .deferred(
                waitsApart ? Failure(error, apartAt: now) : failure,
                until: due(after: .sale, at: now, minimum: error.retryAfter), mayHaveActed: error.mayHaveActed,
                apart: waitsApart)
        case .tryAgainSeldom, .alreadyInitiated:
            try await jobWorker.noteAnswer(to: call)
            return .deferred(failure, until: due(after: .unknownCode, at: now), mayHaveActed: error.mayHaveActed)
        case .holdAccount, .correctClock:
            try await jobWorker.hold(failure)
            return .deferred(failure, until: now, mayHaveActed: error.mayHaveActed)
        case .askHello:
            let mark = await jobWorker.mark
            switch await calls.hello() {
            case .some(let refusal) where refusal.code == error.code:
                // Refused alike: it is the account.
                try await jobWorker.hold(failure)
                return .deferred(failure, until: now, mayHaveActed: false)
            case .some(let refusal) where !refusal.isException:
                // Not answered, so not known: ask both again later.
                _ = try await jobWorker.noteFailure(refusal, .provider, of: .healthCheck, since: mark)
                return .deferred(failure, until: due(after: .sale, at: now), mayHaveActed: false)
            default:
                try await jobWorker.noteAnswer(to: call)
                return .rejected(failure)
            }
        case .rejectSale:
            try await jobWorker.noteAnswer(to: call)
            return .rejected(failure)
        }
    }

    private var call: ServicePolicy.Call { .sale(owed.seq) }

    private func due(after backoff: Backoff, at now: Date, minimum: Duration? = nil) -> Date {
        let delay = backoff.delay(failures: owed.machine.attempts, jitter: .random(in: 0..<1), minimum: minimum)
        return now.addingTimeInterval(delay.inSeconds)
    }
}
