public import Sales

public import struct Foundation.Date

/// A provider that makes documents of sales, tells of them, and hands out their files.
public protocol DocumentProvider: SaleProvider {
    // MARK: The stream of all documents

    /// The request for the documents made from a time on, the oldest first.
    func streamRequest(from time: Date) -> ServiceRequest
    /// The request that takes the place of one whose continuation token was refused
    /// (``DocumentFailure/Kind/tokenRefused``): it goes back to the time that the request keeps as its context. Documents
    /// that are known already come again.
    ///
    /// - Parameter request: ``DocumentPage/next`` of an earlier page. Nil if it keeps no time: stream from the first sale.
    func replayRequest(for request: ServiceRequest) -> ServiceRequest?
    /// One page of the stream.
    func documents(_ request: ServiceRequest) async throws(DocumentFailure) -> DocumentPage

    // MARK: The documents of a sale

    func document(_ id: DocumentID) async throws(DocumentFailure) -> ProvidedDocument
    /// All of them, also those that are not made yet, in their sequence.
    func documents(of transaction: TransactionID) async throws(DocumentFailure) -> [ProvidedDocument]

    // MARK: Files

    /// The file: it has passed ``DocumentCheck``, and the size that the document says it has.
    ///
    /// - Parameter bytes: the most to read; a longer file is refused.
    func file(_ form: DocumentForm, of document: ProvidedDocument, atMost bytes: Int) async throws(DocumentFailure)
        -> [UInt8]
    /// The newest PDF of a sale, also of one whose documents are not in the stream yet. It has passed ``DocumentCheck``.
    func latestPDF(of transaction: TransactionID, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8]
}

/// One page of the stream of documents.
public struct DocumentPage: Sendable, Equatable {
    public let documents: [ProvidedDocument]
    /// How many documents of the page could not be read, and were passed over: one of them must not stop all that follow.
    public let unreadable: Int
    /// The request for the next page, as bytes to keep; its context is for
    /// ``DocumentProvider/replayRequest(for:)``. It holds a token: never in a log, an event or a metric.
    public let next: ServiceRequest
    /// Whether there is nothing more for now: ask again after a while.
    public let isLast: Bool

    public init(documents: [ProvidedDocument], unreadable: Int = 0, next: ServiceRequest, isLast: Bool) {
        self.documents = documents
        self.unreadable = unreadable
        self.next = next
        self.isLast = isLast
    }
}
