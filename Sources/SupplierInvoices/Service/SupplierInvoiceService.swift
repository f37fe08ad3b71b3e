public import Foundation
public import OCRInvoice
public import RemoteServices
public import Sales

/// Has suppliers' invoices read: publishes a document, has a job made of it and processed, keeps its results beside it, and
/// takes all of it back.
///
/// Each part is one attempt, so that a kill leaves only that one open: publish (can be repeated) → create (looked for by its
/// number) → process (looked at before it is repeated) → ask for results.
public struct SupplierInvoiceService: RemoteService {
    let reader: OCRInvoiceService
    let terms: OCRJobTerms
    let publisher: any DocumentPublishing
    let files: any SupplierInvoiceFiles
    let limits: SupplierInvoiceLimits
    /// Counted time: nobody can set it.
    let now: @Sendable () -> Date

    public init(
        _ reader: OCRInvoiceService, terms: OCRJobTerms, publisher: any DocumentPublishing,
        files: any SupplierInvoiceFiles, limits: SupplierInvoiceLimits, now: @escaping @Sendable () -> Date
    ) {
        self.reader = reader
        self.terms = terms
        self.publisher = publisher
        self.files = files
        self.limits = limits
        self.now = now
    }

    public var name: ServiceName { .ocrInvoice }
    public var title: String { OCRInvoiceService.title }
    public var settling: Duration? { OCRInvoiceService.settling }

    /// What a job of this document is made from.
    public func request(for file: SupplierFile) -> (request: [UInt8], context: String) {
        (OCRJobForm(file.document, under: terms).kept, SupplierInvoiceContext().text)
    }

    // MARK: The account

    public func probe() async -> ServiceFailure? {
        if let failure = await reader.probe() { return failure }
        return await publisher.probe()
    }

    public func probeReveals(_ code: String) -> Bool { reader.probeReveals(code) || publisher.probeReveals(code) }

    public func advice(for code: String?) -> String {
        code.flatMap { publisher.advice(for: $0) } ?? reader.advice(for: code)
    }

    public var clockDrift: TimeInterval { 0 }
    public var lastTime: ServiceTime? { reader.lastTime }

    public func shutdown() async throws {
        try await publisher.shutdown()
        try await reader.shutdown()
    }

    // MARK: What staff ask for

    /// Whether a job is deleted at the service once its reading is kept.
    public var deletesRemote: Bool { limits.deletesRemote }

    /// The service's own list.
    public func list(search: String?, from offset: Int, size: Int) async throws(ServiceFailure) -> OCRJobPage {
        try await reader.list(search: search, from: offset, size: size)
    }

    /// Deletes a job at the service.
    ///
    /// - Returns: why it was not deleted; nil if it was, or if it is not there.
    public func remove(_ remoteID: String) async -> ServiceFailure? { await reader.remove(remoteID) }

    /// Takes a document back that is published.
    ///
    /// - Parameter context: the job's.
    /// - Returns: why it was not; nil if it was, or if none is published.
    public func withdraw(context: String?, _ document: PublishedDocument.Name) async -> ServiceFailure? {
        guard let context = SupplierInvoiceContext(context) else { return nil }
        return await publisher.withdraw(context.name, of: document)
    }
}

/// A job as this service reads it.
struct SupplierJob {
    let owed: OwedJob
    let form: OCRJobForm
    let context: SupplierInvoiceContext
    let document: PublishedDocument.Name

    /// Nil for a job that this version cannot have kept.
    init?(_ job: OwedJob) {
        guard let form = OCRJobForm(kept: job.request.bytes), let context = SupplierInvoiceContext(job.request.context),
            let type = form.type
        else { return nil }
        owed = job
        self.form = form
        self.context = context
        document = .init(digest: job.key, type: type)
    }

    static let unreadable = StepOutcome.failed(
        ServiceFailure(
            code: "Gateway::InvalidContext", message: "the job's record cannot be read", disposition: .reject))
}
