public import Foundation
public import Sales

/// A document of a sale, as the outbox knows it.
public struct DocumentRecord: Sendable, Equatable {
    public let id: DocumentID
    /// Counts the documents of a sale, from 1.
    public let sequence: Int
    /// By the provider's clock; nil if it does not say.
    public let readiedAt: Date?
    /// Bytes of its files.
    public let sizes: DocumentSizes
    /// The files that are in the archive.
    public let archived: Set<DocumentForm>

    public init(
        id: DocumentID, sequence: Int, readiedAt: Date?, sizes: DocumentSizes, archived: Set<DocumentForm> = []
    ) {
        self.id = id
        self.sequence = sequence
        self.readiedAt = readiedAt
        self.sizes = sizes
        self.archived = archived
    }

    /// Whether all its files are in the archive.
    public var isArchived: Bool { archived.count == DocumentForm.allCases.count }
}

/// A document together with the sale that it documents.
public struct SaleDocument: Sendable, Equatable {
    public let sale: TransactionID
    public let record: DocumentRecord

    public init(sale: TransactionID, record: DocumentRecord) {
        self.sale = sale
        self.record = record
    }

    /// As its provider names it.
    public var provided: ProvidedDocument {
        ProvidedDocument(
            id: record.id, transactionID: sale.text, sequence: record.sequence, isReady: true,
            readiedAt: record.readiedAt, sizes: record.sizes)
    }
}
