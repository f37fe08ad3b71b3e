import Foundation
import Journey
import Outbox
import RemoteServices
import Runtime
import Sales

// What a failed call means for the job; the worker learns what it means for all.
extension JobAttempt {
    /// - Parameters:
    ///   - step: the one that failed.
    ///   - mark: what the worker had seen when the call began.
    func events(
        for failure: ServiceFailure, at step: JobMachine.Step, since mark: Int
    ) async throws(OutboxError) -> [JobMachine.Event] {
        let event = try await event(for: failure, at: step, since: mark)
        guard isPoll(step), failure.countsAsPoll, case .deferred(let reason, let due, _, _) = event else {
            return [event]
        }
        // It was asked for, and there is no result: what is asked for in vain is given up some day.
        return [event, .absent(reason, until: due)]
    }

    /// Whether what was charged is asked for. The service says when to ask again.
    private func isPoll(_ step: JobMachine.Step) -> Bool { job.kind.isReading && step == .follow }

    private func event(
        for failure: ServiceFailure, at step: JobMachine.Step, since mark: Int
    ) async throws(OutboxError) -> JobMachine.Event {
        let now = worker.clock.now
        let reason = Failure(failure, at: now)
        let mayHaveActed = failure.mayHaveActed
        let isUnsettled = mayHaveActed && step == .begin
        let pause = max(failure.retryAfter ?? .zero, isUnsettled ? settling ?? .zero : .zero)
        let isPaced = isPoll(step) || failure.isOwn
        let due =
            isPaced && failure.retryAfter != nil
            ? now + min(pause, ServicePolicy.longestDelay).inSeconds : due(after: backoff, at: now, minimum: pause)
        switch failure.disposition {
        case .retry:
            try await worker.callEnded(call, failure)
            return .deferred(reason, until: due, mayHaveActed: mayHaveActed)
        case .noAnswer:
            let whose = try await worker.callFailed(
                call, failure, since: mark, waitsApart: job.machine.waitsApart)
            let waitsApart = whose == .job(waitsApart: true)
            return .deferred(
                waitsApart ? Failure(apart: failure, at: now) : reason, until: due, mayHaveActed: mayHaveActed,
                apart: waitsApart)
        case .retrySeldom, .alreadyActed:
            try await worker.callEnded(call, failure)
            return .deferred(
                reason, until: self.due(after: .unknownCode, at: now, minimum: pause), mayHaveActed: mayHaveActed)
        case .holdAccount:
            try await worker.hold(reason)
            return .deferred(reason, until: now, mayHaveActed: mayHaveActed)
        case .askProbe, .rejectUnexplained: return try await eventAfterProbe(failure, reason)
        case .reject:
            try await worker.callEnded(call, failure)
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
            if found == nil, job.kind == .registration || job.kind.isReading,
                await worker.isRefusedWithOthers(job.seq, with: failure.code)
            {
                try await worker.hold(reason)
                return .deferred(reason, until: reason.at, mayHaveActed: false)
            }
        }
        // Not known: ask both again later.
        switch found?.disposition {
        case .noAnswer?:
            if let found { _ = try await worker.callFailed(.healthCheck, found, since: mark) }
            return .deferred(reason, until: due(after: backoff, at: reason.at), mayHaveActed: false)
        case .retry?:
            try await worker.callAnswered(call)
            return .deferred(
                reason, until: due(after: backoff, at: reason.at, minimum: found?.retryAfter), mayHaveActed: false)
        default: break
        }
        try await worker.callAnswered(call)
        return .rejected(reason)
    }

    /// What was charged once has many attempts on record that did not fail.
    private var backoff: Backoff {
        job.kind.isReading && (job.machine.step == .follow || job.machine.search.repeats > 0) ? .charged : .sale
    }

    func due(after backoff: Backoff, at now: Date, minimum: Duration? = nil) -> Date {
        let failures = job.kind.isReading ? job.machine.attempts - job.machine.search.absences : job.machine.attempts
        let delay = backoff.delay(failures: failures, jitter: .random(in: 0..<1), minimum: minimum)
        return now.addingTimeInterval(delay.inSeconds)
    }
}

extension ServiceFailure {
    /// Whether the service was asked, and is there. An outage is no fault of what is asked for.
    fileprivate var countsAsPoll: Bool {
        switch disposition {
        case .noAnswer(let isServiceWide): !isServiceWide
        case .retry, .retrySeldom: !isOwn
        case .holdAccount, .askProbe, .reject, .rejectUnexplained, .alreadyActed: false
        }
    }
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
