public import Journey
public import Outbox

/// A sale as it is shown: what the outbox holds of it, and what the account's state makes of that.
public struct SaleView: Sendable, Equatable {
    public enum RegistrationState: String, Sendable, CaseIterable {
        case pending, ready, held, rejected
    }

    public let record: SaleRecord
    private let account: AccountState

    init(_ record: SaleRecord, account: AccountState) {
        self.record = record
        self.account = account
    }

    /// While the account is held, every sale that is not registered is.
    public var registrationState: RegistrationState {
        RegistrationState(record.registration.state, account: account)
    }

    /// What stands between the sale and its registration.
    public var lastError: Failure? {
        registrationState == .held ? account.failure ?? record.registration.lastError : record.registration.lastError
    }
}

extension SaleView.RegistrationState {
    init(_ state: RegistrationMachine.State, account: AccountState) {
        switch state {
        case .ready: self = .ready
        case .rejected: self = .rejected
        case .pending: self = account.condition == .held ? .held : .pending
        }
    }
}

/// What a till waits for before it is answered.
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
