/// A registration as it is shown: while the account is held, every sale that is not registered is.
public enum RegistrationState: String, Sendable, CaseIterable {
    case pending, ready, held, rejected

    public init(_ state: SaleRegistration.State, account: AccountState) {
        switch state {
        case .ready: self = .ready
        case .rejected: self = .rejected
        case .pending: self = account.condition == .held ? .held : .pending
        }
    }
}
