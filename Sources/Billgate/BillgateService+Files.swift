import HTTPCalls
public import RemoteServices
import Sales

// Files of documents.
extension BillgateService: JobDocumentProvider {
    /// The name of a fetched file in metrics.
    static let file = "file"

    public func hasPDF(of job: OwedJob) async throws(DocumentFailure) -> Bool { try await location(of: job) != nil }

    /// The PDF of a job's document. Billgate makes it a while after the document (``DocumentFailure/Kind/notYet``). It may be
    /// on any host of the internet, and its address is a secret: it may hold a tax number.
    public func pdf(of job: OwedJob, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8] {
        guard let location = try await location(of: job) else {
            throw DocumentFailure(
                .notYet,
                ServiceFailure(
                    code: "Gateway::NoFile", message: "Billgate has not made the document's PDF yet",
                    disposition: .retry))
        }
        return try await fetch(location, atMost: bytes)
    }

    /// Where the PDF is; nil until it is made.
    private func location(of job: OwedJob) async throws(DocumentFailure) -> String? {
        guard let (_, wanted) = Self.reading(job) else { throw DocumentFailure(.failed, Self.invalidContext) }
        guard let id = job.remoteID else {
            throw DocumentFailure(
                .absent,
                ServiceFailure(
                    code: "Gateway::NoDocumentID", message: "Billgate has made no document of it yet",
                    disposition: .retry))
        }
        let shown: ShownDocument
        do { shown = try await show(wanted.kind, id) } catch {
            throw DocumentFailure(
                error.kind == .status(404) ? .absent : .failed, failure(error, at: .link, about: wanted))
        }
        if case .failed(let failure)? = another(shown, than: wanted, id) { throw DocumentFailure(.absent, failure) }
        return shown.pdf
    }

    private func fetch(_ location: String, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8] {
        let file: [UInt8]
        do { file = try await client.files.fetch(location, atMost: bytes) } catch {
            observer.called(Self.file, error.outcome)
            throw DocumentFailure(ofFile: error.code, error.message, isOfTheFile: error.isOfTheFile)
        }
        if let fault = DocumentCheck.fault(of: file, as: .pdf) {
            observer.called(Self.file, "unintelligible")
            throw DocumentFailure(ofFile: "File::Content", "the file was refused: \(fault)", isOfTheFile: true)
        }
        observer.called(Self.file, nil)
        return file
    }
}
