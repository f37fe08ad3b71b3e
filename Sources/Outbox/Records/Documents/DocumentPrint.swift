public import Foundation
public import Journey
public import Sales

/// A document on its way to paper, as the provider made it. It is none of the sale's own papers.
public struct DocumentPrint: Sendable, Equatable {
    public let seq: Int64
    /// Counted from 1 among the sale's prints of documents.
    public let id: Int
    public let sale: TransactionID
    public let document: DocumentID
    public let printer: String
    /// As the machine's clock showed it.
    public let requestedAt: Date
    /// When it was asked for, in counted time; its age counts from then.
    public let agedFrom: Date
    /// It moves as a copy does: it is never printed again by itself.
    public let machine: PrintMachine

    /// Whether it is owed or in the printer's hands.
    public var isUnderWay: Bool { machine.finishedAt == nil }
}

/// A due print of a document.
public struct OwedDocumentPrint: Sendable {
    public let print: DocumentPrint
    /// The whole file.
    public let pdf: [UInt8]
}
