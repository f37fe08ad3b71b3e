/// How a provider's total stands to ours. Slime's page says neither how it rounds nor whether the VAT is in its
/// `trade_value`, so either of ours will do.
public enum TotalComparison: String, Sendable, CaseIterable {
    /// It is what the customer pays.
    case equal
    /// It is that without its VAT.
    case withoutVAT = "without-vat"
    case differs
    /// The answer does not say.
    case untold

    public init(_ value: ProviderTotal?, with totals: Totals) {
        switch value {
        case nil: self = .untold
        case .amount(let amount) where amount == ExactAmount(totals.total): self = .equal
        case .amount(let amount) where amount == ExactAmount(totals.total - totals.vat): self = .withoutVAT
        case .amount, .unreadable: self = .differs
        }
    }
}
