public import Foundation

/// A document on its way to A4.
public struct DocumentPrintResource: WireResource {
    /// Counted from 1 among the sale's prints of documents.
    public var id = 0
    public var documentID = ""
    public var printer = ""
    /// `queued`, `printing`, `printed`, `failed`, `cancelled` or `uncertain`.
    public var state = ""
    /// `cups`: the print server said so.
    public var confirmedBy: String?
    public var requestedAt = Date.distantPast
    public var finishedAt: Date?
    public var error: String?

    public init() {}

    public static let fields: [WireField<DocumentPrintResource>] = [
        .field("id", \.id), .field("document_id", \.documentID), .field("printer", \.printer), .field("state", \.state),
        .field("confirmed_by", \.confirmedBy), .field("requested_at", \.requestedAt),
        .field("finished_at", \.finishedAt), .field("error", \.error),
    ]
}
