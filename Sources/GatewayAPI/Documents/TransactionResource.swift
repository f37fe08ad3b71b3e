public import Foundation

/// What the provider has under an id, whoever registered it. It never has the link, which is the customer's, nor the provider's
/// own tags.
public struct TransactionResource: WireResource {
    public var transactionID = ""
    public var initiatedAt: Date?
    /// An amount; null if the provider does not say, or says something that is none.
    public var tradeValue: String?
    public var tags: [String] = []
    /// Null if they were not asked for.
    public var documents: [DocumentResource]?

    public init() {}

    public static let fields: [WireField<TransactionResource>] = [
        .field("transaction_id", \.transactionID), .field("initiated_at", \.initiatedAt),
        .field("trade_value", \.tradeValue), .field("tags", \.tags), .field("documents", \.documents),
    ]
}
