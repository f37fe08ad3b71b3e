public import Foundation
public import Sales

/// A document that the provider has made of a sale, or is making.
public struct DocumentResource: WireResource {
    public var id = ""
    /// Counts the documents of a sale, from 1.
    public var sequence = 0
    /// Whether its files can be had.
    public var ready = false
    public var readiedAt: Date?
    /// Bytes; null if the provider does not say.
    public var pdfSize: Int?
    public var xmlSize: Int?
    /// Whether the store's archive has its files.
    public var archived = false

    public init() {}

    public init(_ document: ProvidedDocument, archived: Bool = false) {
        id = document.id.text
        sequence = document.sequence
        ready = document.isReady
        readiedAt = document.readiedAt
        pdfSize = document.sizes.pdf
        xmlSize = document.sizes.xml
        self.archived = archived
    }

    public static let fields: [WireField<DocumentResource>] = [
        .field("id", \.id), .field("sequence", \.sequence), .field("ready", \.ready),
        .field("readied_at", \.readiedAt), .field("pdf_size", \.pdfSize), .field("xml_size", \.xmlSize),
        .field("archived", \.archived),
    ]
}
