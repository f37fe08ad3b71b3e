import Foundation
import Journey
import Logging
import Outbox
import Runtime
import Slime

// What an attempt tells the policy, and asks of it.
extension JobWorker {
    /// The time that the provider's clock is taken to show.
    var signing: (time: Date, correction: TimeInterval) {
        let correction = policy.clockCorrection
        // Once it is known, it goes by counted time: a clock that is set right afterwards does not make it wrong again.
        return (correction == 0 ? clock.shown : clock.now + correctedAhead + correction, correction)
    }
    var now: Date { clock.now }

    /// Waits a little for a disk that is full; false once the gateway stops.
    func waitForDisk() async -> Bool {
        guard !isStopping, !Task.isCancelled else { return false }
        try? await clock.sleep(until: clock.now.addingTimeInterval(Self.pause))
        return true
    }

    /// What a call that begins now is to be judged by.
    var mark: Int { policy.mark }

    func noteSuccess(
        of subject: SlimeCall, for call: ServicePolicy.Call
    ) async throws(OutboxError) {
        // Only a stub shows that a balance, a certificate or a theme is well again; any call does for the credentials.
        if policy.condition.isHeld, !isHeldByCredentials, subject != .stub {
            policy.answered(call, at: clock.now)
        } else {
            policy.succeeded(call)
        }
        try await publishCondition()
    }

    func noteAnswer(to call: ServicePolicy.Call) async throws(OutboxError) {
        policy.answered(call, at: clock.now)
        try await publishCondition()
    }

    /// - Returns: Whether the failure is the provider's or the sale's.
    func noteFailure(
        _ error: SlimeError, _ scope: ServicePolicy.Scope, of call: ServicePolicy.Call, since mark: Int,
        waitsApart: Bool = false
    ) async throws(OutboxError) -> ServicePolicy.Attribution {
        let whose = policy.failed(
            call, scope, since: mark, waitsApart: waitsApart, at: clock.now, jitter: .random(in: 0..<1),
            retryAfter: error.retryAfter)
        try await publishCondition()
        return whose
    }

    func hold(_ failure: Failure) async throws(OutboxError) {
        policy.heldAccount(failure, at: clock.now)
        logger.critical(
            "the account is held: no sale is registered until this is mended",
            metadata: [LogKey.errorCode: "\(failure.code)"])
        try await publishCondition()
    }

    /// Whether to sign and send again at once.
    ///
    /// - Parameter correction: what the refused call was signed with. Where another call has corrected the clock since,
    ///   that is enough.
    func correctClock(by serverDate: Date?, signedWith correction: TimeInterval) -> Bool {
        if policy.clockCorrection != correction { return true }
        let ahead = serverDate.map { $0.timeIntervalSince(clock.shown) }
        guard policy.drifted(ahead: ahead), let ahead else { return false }
        correctedAhead = clock.shownAhead
        observer.clockDrifted(ahead)
        logger.warning(
            "the clock drifts from the provider's; corrected", metadata: [LogKey.drift: "\(Int(ahead.rounded()))"])
        return true
    }

    /// What the account is held for that `test/hello` can probe; nil where only a stub can.
    var isHeldByCredentials: Bool {
        if case .held(let failure, _) = policy.condition { return failure.code.hasPrefix("JWT::") }
        return false
    }

    /// Writes the condition down, one write after the other, so that the latest is the one that stays.
    private func publishCondition() async throws(OutboxError) {
        callNext()
        if isPublishing { return }
        isPublishing = true
        defer { isPublishing = false }
        while let account = news {
            try await outbox.setAccount(account, of: service)
            if account.condition != published.condition { logger.notice("provider is \(account.condition.rawValue)") }
            published = account
        }
    }

    /// The account as it is now, where that is not what is written down.
    private var news: AccountState? {
        let account: AccountState =
            switch policy.condition {
            case .up: .up
            case .down(let since): AccountState(condition: .down, since: since)
            case .held(let failure, let since): AccountState(condition: .held, failure: failure, since: since)
            }
        return account == published ? nil : account
    }
}
