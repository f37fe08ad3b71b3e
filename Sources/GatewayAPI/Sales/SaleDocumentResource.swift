public import Foundation

/// A document that the provider has made of a sale, as far as the gateway was told of it.
public struct SaleDocumentResource: WireResource {
    /// The provider's own name for it.
    public var id = ""
    /// Counts the documents of a sale, from 1.
    public var sequence = 0
    public var readiedAt: Date?
    /// Bytes.
    public var pdfSize: Int?
    /// Bytes.
    public var xmlSize: Int?
    /// Whether both files are in the archive.
    public var archived = false

    public init() {}

    public static let fields: [WireField<SaleDocumentResource>] = [
        .field("id", \.id), .field("sequence", \.sequence), .field("readied_at", \.readiedAt),
        .field("pdf_size", \.pdfSize), .field("xml_size", \.xmlSize), .field("archived", \.archived),
    ]
}
