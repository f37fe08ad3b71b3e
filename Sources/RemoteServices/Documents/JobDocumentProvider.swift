/// A provider that hands out what it has made for a job. It tells of nothing else.
public protocol JobDocumentProvider: SaleProvider {
    /// Whether the PDF of the document ``OwedJob/remoteID`` is made: it may come a while after the document. Nothing is fetched.
    func hasPDF(of job: OwedJob) async throws(DocumentFailure) -> Bool
    /// The PDF of the document ``OwedJob/remoteID``. It has passed ``DocumentCheck``.
    ///
    /// - Parameter bytes: the most to read; a longer file is refused.
    func pdf(of job: OwedJob, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8]
}
