import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime

// What calls show about the service as a whole.
extension JobWorker {
    /// What a call that begins now is judged by.
    var mark: Int { health.policy.mark }

    /// Waits a little for a full disk; false once the gateway stops.
    func waitForDisk() async -> Bool {
        guard !isStopping, !Task.isCancelled else { return false }
        try? await clock.sleep(until: clock.now.addingTimeInterval(Self.pause))
        return true
    }

    /// - Parameter step: nil for a health check.
    func callSucceeded(_ call: ServicePolicy.Call, step: JobMachine.Step?) async throws(OutboxError) {
        let hasActed = step == .begin
        health.succeeded(
            call, hasActed: hasActed, releasesHold: hasActed || isHeldForProbe, at: clock.now)
        try await publish()
    }

    func callAnswered(_ call: ServicePolicy.Call) async throws(OutboxError) {
        health.answered(call, at: clock.now)
        try await publish()
    }

    /// The service answered with this failure, or we did not ask it.
    func callEnded(_ call: ServicePolicy.Call, _ failure: ServiceFailure) async throws(OutboxError) {
        guard failure.isOwn else { return try await callAnswered(call) }
        health.unmade(retryAfter: failure.retryAfter, at: clock.now)
        callNext()
    }

    /// - Returns: whether the failure counts against the service or the job.
    func callFailed(
        _ call: ServicePolicy.Call, _ failure: ServiceFailure, since mark: Int, waitsApart: Bool = false
    ) async throws(OutboxError) -> ServicePolicy.Attribution {
        let whose = health.failed(call, failure, since: mark, waitsApart: waitsApart, at: clock.now)
        try await publish()
        return whose
    }

    func hold(_ failure: Failure) async throws(OutboxError) {
        health.held(failure, at: clock.now)
        logger.critical(
            "account held",
            metadata: [LogKey.errorCode: "\(failure.code)"])
        try await publish()
    }

    /// Whether a refusal that no page explains is the account's: others are refused with the same code.
    func isRefusedWithOthers(_ job: Int64, with code: String) -> Bool { health.refused(job, with: code) }

    /// Whether a probe, and not a job, shows that the reason of the hold is corrected.
    var isHeldForProbe: Bool { health.heldFor.map(service.probeReveals) ?? false }

    /// Writes the condition down, one write after the other: the latest one stays.
    private func publish() async throws(OutboxError) {
        callNext()
        if isPublishing { return }
        isPublishing = true
        defer { isPublishing = false }
        while let account = health.news {
            try await outbox.setAccount(account, of: service.name)
            if account.condition != health.published.condition {
                logger.notice("service is \(account.condition.rawValue)")
            }
            health.published = account
        }
    }
}
