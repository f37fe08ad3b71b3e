import JSON
public import Sales

/// What `trading-transaction/show` returns about a transaction, as far as we use it.
public struct ShownTransaction: Sendable, Equatable {
    /// The link for the paper; nil if the answer has none.
    public let serviceURL: String?
    /// The provider's value of the trade; nil if the answer does not say.
    public let tradeValue: ProviderTotal?

    public init(serviceURL: String?, tradeValue: ProviderTotal?) {
        self.serviceURL = serviceURL
        self.tradeValue = tradeValue
    }
}

extension ProviderTotal {
    /// The `trade_value` of an answer; nil if it has none. The page shows `"90.0"`, and says neither how amounts are
    /// rounded nor whether VAT is included.
    init?(tradeValue value: JSONValue?) {
        switch value {
        case nil, .null: return nil
        // The page writes it as a string; its digits count in either case.
        case .string(let text): self = ExactAmount(text).map(ProviderTotal.amount) ?? .unreadable
        case .number(let number): self = ExactAmount(number.text).map(ProviderTotal.amount) ?? .unreadable
        default: self = .unreadable
        }
    }
}
