public import Sales

/// What became of holding the provider's `trade_value` against our totals. Its page says neither how it rounds nor whether
/// the VAT is in it, so either of ours will do.
public enum TotalComparison: String, Sendable, CaseIterable {
    /// It is what the customer pays.
    case equal
    /// It is that without its VAT.
    case withoutVAT = "without-vat"
    case differs
    /// The answer does not say.
    case untold

    public init(_ value: TradeValue?, with totals: Totals) {
        switch value {
        case nil: self = .untold
        case .amount(let amount) where amount == ExactAmount(totals.total): self = .equal
        case .amount(let amount) where amount == ExactAmount(totals.total - totals.vat): self = .withoutVAT
        case .amount, .unreadable: self = .differs
        }
    }
}
