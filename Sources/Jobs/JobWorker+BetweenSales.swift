import Foundation
import Journey
import Logging
import Outbox
import Runtime
import Slime

// Between sales.
extension JobWorker {
    /// Stands among the sales in work; no sale has this number.
    static let healthCheck: Int64 = 0

    /// The sale that finds out whether the provider is well again: one that did not fail of late, and does not wait apart. One
    /// that the provider chokes on would find it down for ever.
    func beginProbe(
        _ allowance: ServicePolicy.WorkAllowance, at now: Date
    ) async throws(OutboxError) -> [JobRecord] {
        func begin(apart: Int, besides failed: Set<Int64>) async throws(OutboxError) -> [JobRecord] {
            try await outbox.beginJobs(
                of: service, at: now,
                within: JobLimits(
                    all: allowance.all, apart: apart, excluding: failed.union(inFlight.keys),
                    oldestFirst: policy.condition.isHeld))
        }
        let fresh = try await begin(apart: 0, besides: policy.failedSales)
        if !fresh.isEmpty || !policy.condition.isHeld && policy.isHealthCheckTrusted { return fresh }
        // A held account is released by a sale alone, be it any.
        return try await begin(apart: allowance.apart, besides: [])
    }

    /// Whether a health check is the next probe, where no sale is.
    func isHealthCheckProbe() async throws(OutboxError) -> Bool {
        guard case .down = policy.condition else { return false }
        if policy.isHealthCheckTrusted { return true }
        return try await !outbox.owesOthersThanApart(service)
    }

    /// Credentials that are refused, and a provider that is down, are probed without any sale.
    func probeByHealthCheck(in attempts: inout DiscardingTaskGroup) {
        inFlight[Self.healthCheck] = .backlog
        attempts.addTask {
            await self.checkHealthNow()
            await self.endHealthCheck()
        }
    }

    private func endHealthCheck() {
        inFlight[Self.healthCheck] = nil
        lastCallAt = clock.now
        wakeSignal.notify()
    }

    /// Soon enough after a failure that an outage is known before the next customer meets it.
    private static let healthCheckAfterFailure: Duration = .seconds(2)

    /// Keeps a connection warm, so that the first sale after a quiet hour is no slower than others, and finds out before a
    /// customer does when the provider is down, refuses the account, or is back.
    func checkHealth(every interval: Duration) async {
        while !isStopping, !Task.isCancelled {
            let pause = policy.isDoubtful ? Self.healthCheckAfterFailure : interval
            let now = clock.now
            let due = min(lastCallAt, now).addingTimeInterval(pause.inSeconds)
            if now < due {
                // A failure meanwhile makes it due sooner.
                try? await clock.sleep(until: min(due, now + Self.healthCheckAfterFailure.inSeconds))
            } else {
                lastCallAt = now
                // While it is down or the account held, probes are begun as they are due.
                if inFlight.isEmpty, policy.condition.isUp {
                    // It is a call like others.
                    (inFlight[Self.healthCheck], calling[Self.healthCheck]) = (.backlog, .backlog)
                    await checkHealthNow()
                    leaveCalls(Self.healthCheck)
                    endHealthCheck()
                }
            }
        }
    }

    private func checkHealthNow() async {
        do {
            let mark = mark
            guard let refusal = await calls.hello() else { return try await noteSuccess(of: .hello, for: .healthCheck) }
            switch SlimeVerdict(refusal, step: .follow, namesItsTheme: false) {
            case .noAnswer: _ = try await noteFailure(refusal, .provider, of: .healthCheck, since: mark)
            case .holdAccount, .correctClock, .askHello: try await hold(Failure(refusal, at: clock.now))
            case .tryAgain, .tryAgainSeldom, .alreadyInitiated, .rejectSale: try await noteAnswer(to: .healthCheck)
            }
        } catch {
            logger.error("the provider's state was not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
    }
}
