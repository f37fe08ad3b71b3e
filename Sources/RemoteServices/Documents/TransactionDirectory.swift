public import Sales

public import struct Foundation.Date

/// A provider that can be asked for what it has, whoever registered it, and that keeps tags.
public protocol TransactionDirectory: SaleProvider {
    func transaction(
        _ id: TransactionID, including documents: IncludedDocuments?
    ) async throws(DocumentFailure) -> ProvidedTransaction
    /// The transactions that carry a tag, a person's or one of the provider's own.
    func transactions(
        tagged tag: String, including documents: IncludedDocuments?
    ) async throws(DocumentFailure) -> [ProvidedTransaction]
    /// Replaces a transaction's tags.
    func setTags(_ tags: [String], of transaction: TransactionID) async throws(DocumentFailure)
}

/// The documents to name with a transaction.
public enum IncludedDocuments: String, Sendable, CaseIterable {
    /// The newest one that is made, if any.
    case latest
    /// Those whose files can be had.
    case readied
    /// Also those that are not made yet.
    case all
}

/// What a provider has under a transaction's id.
///
/// It leaves out the link, which is the customer's, and the provider's own tags, which may hold a person's national id.
public struct ProvidedTransaction: Sendable, Equatable {
    /// As the provider writes it: another system may have registered it.
    public let id: String
    public let initiatedAt: Date?
    /// Nil if the provider does not say.
    public let tradeValue: ProviderTotal?
    public let tags: [String]
    /// Nil if they were not asked for.
    public let documents: [ProvidedDocument]?

    public init(
        id: String, initiatedAt: Date?, tradeValue: ProviderTotal?, tags: [String], documents: [ProvidedDocument]?
    ) {
        self.id = id
        self.initiatedAt = initiatedAt
        self.tradeValue = tradeValue
        self.tags = tags
        self.documents = documents
    }
}
