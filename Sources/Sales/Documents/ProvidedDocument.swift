public import struct Foundation.Date

/// A document that a provider has made, or is making, of a sale.
public struct ProvidedDocument: Sendable, Equatable {
    public let id: DocumentID
    /// Of the sale that it documents. Not every one is a sale of this store: a project at the provider has many.
    public let transactionID: String
    /// Counts the documents of a sale, from 1.
    public let sequence: Int
    /// Whether its files can be had.
    public let isReady: Bool
    public let readiedAt: Date?
    /// Bytes of its files; nil if the provider does not say.
    public let sizes: DocumentSizes

    public init(
        id: DocumentID, transactionID: String, sequence: Int, isReady: Bool, readiedAt: Date? = nil,
        sizes: DocumentSizes = DocumentSizes()
    ) {
        self.id = id
        self.transactionID = transactionID
        self.sequence = sequence
        self.isReady = isReady
        self.readiedAt = readiedAt
        self.sizes = sizes
    }
}

/// Bytes of a document's files; nil if they are not known.
public struct DocumentSizes: Sendable, Equatable {
    public let pdf: Int?
    public let xml: Int?

    public init(pdf: Int? = nil, xml: Int? = nil) {
        self.pdf = pdf
        self.xml = xml
    }

    public subscript(form: DocumentForm) -> Int? {
        switch form {
        case .pdf: pdf
        case .xml: xml
        }
    }
}
