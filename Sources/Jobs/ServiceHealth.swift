import Foundation
import Journey
import Outbox
import RemoteServices

/// The state of a service, as its calls found it, and how much of it is written down.
struct ServiceHealth {
    private(set) var policy: ServicePolicy
    /// What is on disk.
    var published = AccountState.up

    init(concurrency: Int) {
        policy = ServicePolicy(concurrency: concurrency)
    }

    /// A hold outlives a restart; "down" is found out again.
    init(concurrency: Int, holding failure: Failure, account: AccountState, at now: Date) {
        policy = ServicePolicy(concurrency: concurrency, held: (failure, account.since ?? now))
        published = account
    }

    /// The reason of the hold.
    var heldFor: String? {
        if case .held(let failure, _) = policy.condition { return failure.code }
        return nil
    }

    /// A call succeeded.
    ///
    /// - Parameters:
    ///   - hasActed: whether the service has acted on a job.
    ///   - releasesHold: whether it shows that the reason of the hold is corrected.
    mutating func succeeded(_ call: ServicePolicy.Call, hasActed: Bool, releasesHold: Bool, at now: Date) {
        if policy.condition.isHeld, !releasesHold {
            policy.answered(call, at: now)
        } else {
            policy.succeeded(call, hasActed: hasActed)
        }
    }

    mutating func answered(_ call: ServicePolicy.Call, at now: Date) { policy.answered(call, at: now) }

    mutating func unmade(retryAfter: Duration?, at now: Date) { policy.unmade(at: now, retryAfter: retryAfter) }

    /// A call had no answer in the service's own words.
    ///
    /// - Parameter mark: ``ServicePolicy/mark`` when the call began.
    mutating func failed(
        _ call: ServicePolicy.Call, _ failure: ServiceFailure, since mark: Int, waitsApart: Bool = false, at now: Date
    ) -> ServicePolicy.Attribution {
        let isServiceWide = failure.disposition == .noAnswer(isServiceWide: true)
        return policy.failed(
            .init(
                call, call == .healthCheck || isServiceWide ? .service : .either, since: mark, waitsApart: waitsApart,
                retryAfter: failure.retryAfter),
            at: now, jitter: .random(in: 0..<1))
    }

    /// - Returns: whether an unexplained refusal of the job is the account's.
    mutating func refused(_ job: Int64, with code: String) -> Bool { policy.refused(job, with: code) }

    mutating func held(_ failure: Failure, at now: Date) { policy.heldAccount(failure, at: now) }

    mutating func released() {
        policy.released()
        published = .up
    }

    /// The account's present state, if it differs from what is written down.
    var news: AccountState? {
        let account: AccountState =
            switch policy.condition {
            case .up: .up
            case .down(let since): AccountState(condition: .down, since: since)
            case .held(let failure, let since): AccountState(condition: .held, failure: failure, since: since)
            }
        return account == published ? nil : account
    }
}
