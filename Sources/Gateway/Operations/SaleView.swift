public import Foundation
public import Journey
public import Outbox

/// A sale as it is shown: the outbox's record, combined with the account's state.
public struct SaleView: Sendable, Equatable {
    public let record: SaleRecord
    private let account: AccountState
    /// When it is tried again, as the machine's clock will show it.
    public let nextAttemptAt: Date?
    /// Its full tax invoice that staff had made later.
    public internal(set) var invoice: InvoiceView?
    /// Its payment slips, in the order of their arrival.
    public var slips: [SlipView] = []

    /// - Parameter shownAhead: seconds by which the machine's clock is ahead of counted time.
    init(_ record: SaleRecord, account: AccountState, shownAhead: TimeInterval) {
        self.record = record
        self.account = AccountState(
            condition: account.condition,
            failure: account.failure.map { Failure(code: $0.code, message: $0.message, at: $0.at + shownAhead) },
            since: account.since.map { $0 + shownAhead })
        nextAttemptAt = record.registration.nextAttemptAt.map { $0 + shownAhead }
    }

    public var registrationState: RegistrationState {
        RegistrationState(record.registration.state, account: account)
    }

    /// What keeps the sale from its registration.
    public var lastError: Failure? {
        registrationState == .held ? account.failure ?? record.registration.lastError : record.registration.lastError
    }
}

/// What a till waits for before it gets an answer.
public enum WaitGoal: String, Sendable, CaseIterable {
    /// The registration is ready, held or rejected.
    case registered
    /// The original has left `queued` and `printing`.
    case printed

    func isReached(by view: SaleView) -> Bool {
        switch self {
        case .registered: view.registrationState != .pending
        case .printed: view.record.isOriginalSettled
        }
    }
}
