import JSON
public import Sales

/// What `trading-transaction/show` tells of a transaction, as far as it matters here.
public struct ShownTransaction: Sendable, Equatable {
    /// The link that goes on paper; nil where the answer has none.
    public let serviceURL: String?
    /// What the provider holds the trade to be worth; nil where the answer does not say.
    public let tradeValue: ProviderTotal?

    public init(serviceURL: String?, tradeValue: ProviderTotal?) {
        self.serviceURL = serviceURL
        self.tradeValue = tradeValue
    }
}

extension ProviderTotal {
    /// The `trade_value` of an answer; nil where nothing is there. The page shows `"90.0"`, and says neither how amounts are
    /// rounded nor whether the VAT is in them.
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
