import FaultPoints
import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import ServiceLifecycle

/// One attempt at one job, which is on disk as begun: it takes the steps, and writes their outcome down.
struct JobAttempt {
    let job: JobRecord
    let worker: JobWorker

    /// The outcome of the steps.
    private struct Exchange {
        var events: [JobMachine.Event]
        var result: JobResult?
    }

    private var call: ServicePolicy.Call { .job(job.seq) }

    /// The job afterwards; nil if nothing was sent after all.
    func run() async throws(OutboxError) -> JobMachine? {
        if let settled = try await settle() { return settled }
        let hasPlace = await worker.enterCalls(job)
        guard hasPlace, !Task.isCancelled else {
            if hasPlace { await worker.leaveCalls(.job(job.seq)) }
            try await withdraw()
            return nil
        }
        let exchange: Exchange?
        do throws(OutboxError) {
            exchange = try await takeSteps()
        } catch {
            await worker.leaveCalls(.job(job.seq))
            throw error
        }
        await worker.leaveCalls(.job(job.seq))
        guard let exchange else {
            try await withdraw()
            return nil
        }
        let incident = await incident(of: exchange.result)
        return try await worker.outbox.apply(
            exchange.events, toJob: job.seq, counting: incident, at: worker.clock.now)
    }

    /// An attempt that was killed with the gateway may have acted a moment ago: what it made may not show yet. Nothing is sent.
    private func settle() async throws(OutboxError) -> JobMachine? {
        guard let settling, job.followsInterruption, job.machine.step == .begin, job.kind != .withdrawal else {
            return nil
        }
        let now = worker.clock.now
        let failure = Failure(
            code: "Gateway::Interrupted", message: "the gateway ended while it was sent: it is looked for first",
            at: now)
        return try await worker.outbox.apply(
            [.deferred(failure, until: now + settling.inSeconds, mayHaveActed: true)], toJob: job.seq, at: now)
    }

    private var settling: Duration? { worker.service.settling }

    /// Takes the beginning back. Otherwise it would say that the service may know this job.
    private func withdraw() async throws(OutboxError) {
        while true {
            let failure: OutboxError
            do throws(OutboxError) {
                try await worker.outbox.apply([.withdrawn], toJob: job.seq, at: worker.clock.now)
                return
            } catch {
                failure = error
            }
            guard failure.code == .full || failure.code == .busy, await worker.waitForDisk() else { throw failure }
        }
    }

    // MARK: Steps

    /// Both steps, or the remaining one; nil if a stop cut a look off.
    private func takeSteps() async throws(OutboxError) -> Exchange? {
        if job.kind == .withdrawal { return try await withdrawDocument() }
        guard job.machine.step == .begin else { return try await follow(job.machine, after: []) }
        let isLook = job.isLook(at: worker.service)
        let mark = await worker.mark
        guard let outcome = isLook ? await look() : await worker.service.begin(job.owed(job.machine)) else {
            return nil
        }
        FaultPoint.stubAnswered.pass()
        let event: JobMachine.Event
        switch outcome {
        case .begun(let id):
            try await worker.callSucceeded(call, step: .begin)
            event = .begun(remoteID: id)
        case .found(let id):
            try await worker.callAnswered(call)
            event = .begun(remoteID: id)
            // Its result is asked for in a place among the calls that sales have.
            if isLook { return Exchange(events: [event]) }
        case .failed(let failure) where failure.disposition == .alreadyActed:
            try await worker.callAnswered(call)
            event = .foundExisting(Failure(failure, at: worker.clock.now))
            // It belongs to a stranger: we may not ask for its result.
            if !job.machine.mayHaveActed { return Exchange(events: [event]) }
        case .done(let result):
            try await worker.callSucceeded(call, step: .begin)
            return finished([.begun(remoteID: job.machine.remoteID)], with: result)
        case .absent(let failure):
            return Exchange(events: [try await absent(failure)])
        case .unlisted(let failure):
            try await worker.callAnswered(call)
            let now = worker.clock.now
            let reason = Failure(failure, at: now)
            // Nobody here made it.
            guard job.machine.mayHaveActed else { return Exchange(events: [.foundExisting(reason)]) }
            let due = now + (failure.retryAfter ?? JobSearch.pause).inSeconds
            return Exchange(events: [.unlisted(reason, until: due)])
        case .notYet(let failure), .failed(let failure):
            return Exchange(events: [try await self.event(for: failure, since: mark)])
        }
        if settling != nil {
            // It cannot be asked again what it has made: that is written down at once. The attempt has not ended with that: a
            // person's retry does not come between its steps.
            let begun = try await worker.outbox.apply([event, .wentOn], toJob: job.seq, at: worker.clock.now)
            return try await follow(begun, after: [])
        }
        var begun = job.machine
        do { try begun.apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
        return try await follow(begun, after: [event])
    }

    /// It is safe to repeat, so that it was sent needs no record.
    private func withdrawDocument() async throws(OutboxError) -> Exchange {
        guard let service = worker.service as? any DocumentWithdrawing else {
            let failure = Failure(
                code: "Gateway::CannotWithdraw", message: "\(worker.service.title) takes no document back",
                at: worker.clock.now)
            return Exchange(events: [.rejected(failure)])
        }
        let mark = await worker.mark
        if let failure = await service.withdraw(job.owed(job.machine)) {
            return Exchange(events: [try await event(for: failure, since: mark)])
        }
        try await worker.callSucceeded(call, step: .follow)
        return Exchange(events: [.begun(), .done(result: nil)])
    }

    /// A stop does not wait for a look: it may take long, and has changed nothing. Nil if it was cut off.
    private func look() async -> StepOutcome? {
        let (service, owed) = (worker.service, job.owed(job.machine))
        return await cancelWhenGracefulShutdown { () -> StepOutcome? in
            let outcome = await service.begin(owed)
            if Task.isCancelled, case .failed = outcome { return nil }
            return outcome
        }
    }

    /// - Parameters:
    ///   - machine: the job as it is now.
    ///   - events: what is not written down yet.
    private func follow(
        _ machine: JobMachine, after events: [JobMachine.Event]
    ) async throws(OutboxError) -> Exchange {
        let mark = await worker.mark
        let outcome = await worker.service.follow(job.owed(machine))
        FaultPoint.showAnswered.pass()
        switch outcome {
        case .done(let result):
            try await worker.callSucceeded(call, step: .follow)
            return finished(events, with: result)
        case .begun(let id), .found(let id):
            // It has acted, and has no result yet.
            try await worker.callAnswered(call)
            return Exchange(events: events + [.begun(remoteID: id ?? machine.remoteID), notYet()])
        case .notYet(let failure):
            try await worker.callSucceeded(call, step: .follow)
            return Exchange(events: events + [notYet(failure)])
        case .absent(let failure), .unlisted(let failure):
            return Exchange(events: events + [try await absent(failure)])
        case .failed(let failure):
            return Exchange(events: events + [try await event(for: failure, since: mark)])
        }
    }

    private func absent(_ failure: ServiceFailure) async throws(OutboxError) -> JobMachine.Event {
        try await worker.callAnswered(call)
        let now = worker.clock.now
        return .absent(Failure(failure, at: now), until: now + (failure.retryAfter ?? .zero).inSeconds)
    }

    private func notYet(_ failure: ServiceFailure? = nil) -> JobMachine.Event {
        let now = worker.clock.now
        let reason =
            failure.map { Failure($0, at: now) }
            ?? Failure(code: "Gateway::NotYet", message: "the service has not finished yet", at: now)
        return .deferred(
            reason, until: due(after: .sale, at: now, minimum: failure?.retryAfter), mayHaveActed: false)
    }

    /// The result, or why it may not be used.
    private func finished(_ events: [JobMachine.Event], with result: JobResult) -> Exchange {
        switch result {
        case .link(let link, let total, let isBinding):
            if isBinding, let sale = job.sale, let total, total != .amount(ExactAmount(sale.totals.total)) {
                let failure = Failure(
                    code: "\(worker.service.title)::TotalDiffers",
                    message: """
                        \(total.text) at \(worker.service.title), \(sale.totals.total.grouped) on paper: its link is never \
                        printed. \(job.remedy(for: sale.id))
                        """, at: worker.clock.now)
                return Exchange(events: events + [.rejected(failure)], result: result)
            }
            if let fault = PrintableLink.fault(of: link) {
                let failure = Failure(
                    code: "Gateway::UnprintableServiceURL", message: "\(fault): it is never printed",
                    at: worker.clock.now)
                return Exchange(events: events + [.rejected(failure)])
            }
            return Exchange(events: events + [.done(result: link)], result: result)
        }
    }

    // MARK: Failures

    /// What a failed call means for this job; the worker learns what it means for all.
    ///
    /// - Parameter mark: what the worker had seen when the call began.
    private func event(for failure: ServiceFailure, since mark: Int) async throws(OutboxError) -> JobMachine.Event {
        let now = worker.clock.now
        let reason = Failure(failure, at: now)
        let mayHaveActed = failure.mayHaveActed
        let isUnsettled = mayHaveActed && job.machine.step == .begin
        let pause = max(failure.retryAfter ?? .zero, isUnsettled ? settling ?? .zero : .zero)
        switch failure.disposition {
        case .retry:
            try await worker.callAnswered(call)
            return .deferred(
                reason, until: due(after: .sale, at: now, minimum: pause), mayHaveActed: mayHaveActed)
        case .noAnswer:
            let whose = try await worker.callFailed(
                call, failure, since: mark, waitsApart: job.machine.waitsApart)
            let waitsApart = whose == .job(waitsApart: true)
            return .deferred(
                waitsApart ? Failure(apart: failure, at: now) : reason,
                until: due(after: .sale, at: now, minimum: pause), mayHaveActed: mayHaveActed,
                apart: waitsApart)
        case .retrySeldom, .alreadyActed:
            try await worker.callAnswered(call)
            return .deferred(
                reason, until: due(after: .unknownCode, at: now, minimum: pause), mayHaveActed: mayHaveActed)
        case .holdAccount:
            try await worker.hold(reason)
            return .deferred(reason, until: now, mayHaveActed: mayHaveActed)
        case .askProbe, .rejectUnexplained: return try await eventAfterProbe(failure, reason)
        case .reject:
            try await worker.callAnswered(call)
            return .rejected(reason)
        }
    }

    private func eventAfterProbe(
        _ failure: ServiceFailure, _ reason: Failure
    ) async throws(OutboxError) -> JobMachine.Event {
        let mark = await worker.mark
        let found = await worker.service.probe()
        if let found, found.code == failure.code {
            // The same refusal: it is the account.
            try await worker.hold(reason)
            return .deferred(reason, until: reason.at, mayHaveActed: false)
        }
        if failure.disposition == .rejectUnexplained {
            if let found, found.disposition == .holdAccount {
                try await worker.hold(Failure(found, at: reason.at))
                return .deferred(reason, until: reason.at, mayHaveActed: false)
            }
            // Another buyer's data says nothing of the sales that follow.
            if found == nil, job.kind == .registration,
                await worker.isRefusedWithOthers(job.seq, with: failure.code)
            {
                try await worker.hold(reason)
                return .deferred(reason, until: reason.at, mayHaveActed: false)
            }
        }
        if let found, case .noAnswer = found.disposition {
            // No answer, so it is not known: ask both again later.
            _ = try await worker.callFailed(.healthCheck, found, since: mark)
            return .deferred(reason, until: due(after: .sale, at: reason.at), mayHaveActed: false)
        }
        try await worker.callAnswered(call)
        return .rejected(reason)
    }

    private func due(after backoff: Backoff, at now: Date, minimum: Duration? = nil) -> Date {
        let delay = backoff.delay(failures: job.machine.attempts, jitter: .random(in: 0..<1), minimum: minimum)
        return now.addingTimeInterval(delay.inSeconds)
    }

    // MARK: Totals

    /// What to keep about a sale whose total at the provider differs from its paper; nil if it does not. The sale is
    /// registered all the same: its paper is out, and a person has to find out which of the two is wrong.
    private func incident(of result: JobResult?) async -> Incident? {
        guard case .link(_, let theirs, let isBinding)? = result, let sale = job.sale else { return nil }
        let comparison = TotalComparison(theirs, with: sale.totals)
        worker.observer.compared(comparison)
        if isBinding, comparison == .untold {
            worker.logger.notice("total untold", metadata: [LogKey.sale: "\(sale.id.text)"])
        }
        guard comparison == .differs || isBinding && comparison == .withoutVAT else { return nil }
        let reason =
            "\(sale.id.text): \(theirs?.text ?? "no amount") at \(worker.service.title), \(sale.totals.total.grouped) on paper"
        worker.logger.warning(
            "total differs", metadata: [LogKey.sale: "\(sale.id.text)", LogKey.reason: "\(reason)"])
        return Incident(
            code: Incident.totalDiffers, subject: worker.service.name.rawValue, since: worker.clock.now, reason: reason)
    }
}

extension JobRecord {
    func owed(_ machine: JobMachine) -> OwedJob {
        OwedJob(
            kind: kind, key: key, request: ServiceRequest(bytes: request, context: context),
            mayHaveActed: machine.mayHaveActed, search: machine.search, remoteID: machine.remoteID)
    }

    /// What staff do about a document that says something else than the paper.
    func remedy(for sale: TransactionID) -> String {
        kind == .registration
            ? "Withdraw the document, then: kamkap retry \(sale.text)"
            : "Withdraw the document at the provider, then ask for it again"
    }

    /// Whether its attempt only looks for what an earlier one may have made.
    func isLook(at service: any RemoteService) -> Bool {
        kind != .withdrawal && service.settling != nil && machine.step == .begin
            && RepeatRule.action(for: owed(machine)) == .look
    }
}

extension ProviderTotal {
    /// For staff. A text that is no amount is not repeated: it may be anything.
    fileprivate var text: String { if case .amount(let amount) = self { amount.grouped } else { "no amount" } }
}

extension Failure {
    /// For a job that fails while others get through.
    fileprivate init(apart failure: ServiceFailure, at now: Date) {
        self.init(
            code: failure.code,
            message: "\(failure.message); others get through, so this one waits apart and is tried again after them",
            at: now)
    }
}
