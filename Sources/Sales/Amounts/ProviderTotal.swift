/// What a provider says that a sale comes to.
public enum ProviderTotal: Sendable, Equatable {
    case amount(ExactAmount)
    /// Something is there, and it is no plain decimal.
    case unreadable
}
