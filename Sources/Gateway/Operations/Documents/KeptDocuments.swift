public import Outbox
public import Sales

/// What the store itself knows and keeps of the documents that its provider makes.
public protocol KeptDocuments: Sendable {
    /// The documents of a sale that are known here. The newest may still be on their way.
    func documents(of id: TransactionID) async throws(OutboxError) -> [DocumentView]
    /// A document's file; nil if it is not in the archive.
    func file(_ form: DocumentForm, of id: DocumentID) async -> [UInt8]?
}

/// A document as it is shown.
public struct DocumentView: Sendable, Equatable {
    public let document: ProvidedDocument
    /// Whether the archive has all of its files.
    public let isArchived: Bool

    public init(_ document: ProvidedDocument, isArchived: Bool = false) {
        self.document = document
        self.isArchived = isArchived
    }
}
