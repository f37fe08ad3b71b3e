/// The outcome of a sale that was handed in.
public enum Acceptance: Sendable, Equatable {
    case new(SaleRecord)
    /// The same sale was here before.
    case same(SaleRecord)
    /// Another sale has this id.
    case conflict
}
