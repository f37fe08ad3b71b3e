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
    struct Exchange {
        var events: [JobMachine.Event]
        var result: JobResult?
        /// In place of the job's; nil leaves it.
        var context: String?
    }

    var call: ServicePolicy.Call { .job(job.seq) }

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
            exchange.events, toJob: job.seq, finding: exchange.result?.finding, context: exchange.context,
            counting: incident, at: worker.clock.now)
    }

    /// An attempt that was killed with the gateway may have acted a moment ago: what it made may not show yet. Nothing is sent.
    private func settle() async throws(OutboxError) -> JobMachine? {
        guard let settling, job.followsInterruption, job.machine.step == .begin, job.kind != .withdrawal,
            !worker.service.onlyPrepares(job.owed(job.machine))
        else { return nil }
        let now = worker.clock.now
        let failure = Failure(
            code: "Gateway::Interrupted", message: "the gateway ended while it was sent: it is looked for first",
            at: now)
        return try await worker.outbox.apply(
            [.deferred(failure, until: now + settling.inSeconds, mayHaveActed: true)], toJob: job.seq, at: now)
    }

    var settling: Duration? { worker.service.settling }

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
        // What is uploaded again costs nothing, and an upload may take long.
        guard
            let outcome = isLook || worker.service.onlyPrepares(job.owed(job.machine))
                ? await beginUntilStopped() : await worker.service.begin(job.owed(job.machine))
        else { return nil }
        FaultPoint.stubAnswered.pass()
        let event: JobMachine.Event
        switch outcome {
        case .prepared(let id, let context):
            try await worker.callAnswered(call)
            return Exchange(events: [.prepared(remoteID: id, at: worker.clock.now)], context: context)
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
            // Nobody here made it. A supplier's invoice is ours whoever made it.
            guard job.machine.mayHaveActed || job.kind == .supplierInvoice else {
                return Exchange(events: [.foundExisting(reason)])
            }
            let due = now + (failure.retryAfter ?? JobSearch.pause).inSeconds
            return Exchange(events: [.unlisted(reason, until: due)])
        case .lost(let failure, let id): return Exchange(events: [try await lost(failure, keeping: id)])
        case .notYet(let failure), .failed(let failure):
            return Exchange(events: try await self.events(for: failure, at: .begin, since: mark))
        }
        if settling != nil || job.kind.isReading {
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
            return Exchange(events: try await events(for: failure, at: job.machine.step, since: mark))
        }
        try await worker.callSucceeded(call, step: .follow)
        return Exchange(events: [.begun(), .done(result: nil)])
    }

    /// A stop does not wait for a look: it may take long, and has changed nothing. Nil if it was cut off.
    private func beginUntilStopped() async -> StepOutcome? {
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
        case .prepared:
            try await worker.callAnswered(call)
            return Exchange(events: events + [notYet()])
        case .notYet(let failure):
            try await worker.callSucceeded(call, step: .follow)
            return Exchange(events: events + [notYet(failure)])
        case .absent(let failure), .unlisted(let failure):
            return Exchange(events: events + [try await absent(failure)])
        case .lost(let failure, let id): return Exchange(events: events + [try await lost(failure, keeping: id)])
        case .failed(let failure):
            return Exchange(events: events + (try await self.events(for: failure, at: .follow, since: mark)))
        }
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
