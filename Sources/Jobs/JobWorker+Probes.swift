import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime

// What happens between jobs.
extension JobWorker {
    /// Soon enough after a failure to find an outage before the next customer meets it.
    private static let healthCheckAfterFailure: Duration = .seconds(2)

    /// The job that finds out whether the service is well again: one that did not fail recently, and does not wait
    /// apart. A job that the service chokes on would find it down for ever. A look is none if anything else can be: it may take
    /// long, and does not show that the account may make anything.
    func beginProbe(
        _ allowance: ServicePolicy.WorkAllowance, at now: Date
    ) async throws(OutboxError) -> [JobRecord] {
        func begin(
            apart: Int, besides failed: Set<Int64> = [], looks: Bool = false
        ) async throws(OutboxError) -> [JobRecord] {
            var limits = JobLimits(
                all: allowance.all, apart: apart, excluding: failed.union(jobsInWork),
                oldestFirst: health.policy.condition.isHeld)
            limits.looks = looks || service.settling == nil
            return try await outbox.beginJobs(of: service.name, at: now, within: limits)
        }
        let fresh = try await begin(apart: 0, besides: health.policy.failedJobs)
        if !fresh.isEmpty || !health.policy.condition.isHeld && health.policy.isHealthCheckTrusted { return fresh }
        // Only a job releases a held account; any job does.
        let any = try await begin(apart: allowance.apart)
        return any.isEmpty ? try await begin(apart: allowance.apart, looks: true) : any
    }

    /// Whether a health check is the next probe, because no job is.
    func isProbeDueWithoutJob() async throws(OutboxError) -> Bool {
        guard case .down = health.policy.condition else { return false }
        if health.policy.isHealthCheckTrusted { return true }
        return try await !outbox.owesOrdinaryJobs(service.name)
    }

    /// Refused credentials, and a service that is down, are probed without a job.
    func probe(in attempts: inout DiscardingTaskGroup) {
        inWork[.healthCheck] = .backlog
        attempts.addTask {
            await self.checkHealthNow()
            await self.endHealthCheck()
        }
    }

    private func endHealthCheck() {
        inWork[.healthCheck] = nil
        lastCallAt = clock.now
        wakeSignal.notify()
    }

    /// Keeps a connection warm, so the first job after a quiet hour is as fast as others. It also finds out before a
    /// customer does when the service is down, refuses the account, or is back.
    func checkHealth(every interval: Duration) async {
        while !isStopping, !Task.isCancelled {
            let pause = health.policy.isDoubtful ? Self.healthCheckAfterFailure : interval
            let now = clock.now
            let due = min(lastCallAt, now).addingTimeInterval(pause.inSeconds)
            if now < due {
                // A failure meanwhile makes it due sooner.
                try? await clock.sleep(until: min(due, now + Self.healthCheckAfterFailure.inSeconds))
            } else {
                lastCallAt = now
                // While the service is down or the account held, probes begin as they are due.
                if ordinaryInWork.isEmpty, health.policy.condition.isUp {
                    // It counts as a call like others.
                    inWork[.healthCheck] = .backlog
                    queue.enter(.healthCheck, .backlog)
                    await checkHealthNow()
                    leaveCalls(.healthCheck)
                    endHealthCheck()
                }
            }
        }
    }

    private func checkHealthNow() async {
        do {
            let mark = mark
            guard let failure = await service.probe() else { return try await callSucceeded(.healthCheck, step: nil) }
            switch failure.disposition {
            case .noAnswer: _ = try await callFailed(.healthCheck, failure, since: mark)
            case .holdAccount, .askProbe: try await hold(Failure(failure, at: clock.now))
            case .retry, .retrySeldom, .alreadyActed, .reject, .rejectUnexplained:
                try await callEnded(.healthCheck, failure)
            }
        } catch {
            logger.error("service state not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
    }
}

extension Failure {
    init(_ failure: ServiceFailure, at now: Date) {
        self.init(code: failure.code, message: failure.message, at: now)
    }
}
