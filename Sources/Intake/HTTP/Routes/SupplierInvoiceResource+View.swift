import Gateway
import GatewayAPI
import Journey
import OCRInvoice
import Outbox

extension SupplierInvoiceResource {
    init(_ view: SupplierInvoiceView) {
        let record = view.record
        self.init()
        number = Int(record.number)
        file = record.name
        filedAs = record.filedAs
        sha256 = record.digest
        size = record.size
        receivedAt = record.receivedAt
        copies = record.copies
        state = view.shown.rawValue
        attempts = record.attempts
        lastError = view.lastError.map { ErrorResource(code: $0.code, message: $0.message, at: $0.at) }
        nextAttemptAt = view.nextAttemptAt
    }
}

extension RemoteJobPage {
    /// A page that is full may be followed by another one; without a total nobody can tell.
    init(_ page: OCRJobPage, after query: RemoteJobQuery) {
        let end = query.offset + page.jobs.count
        let isLast = page.jobs.isEmpty || page.total.map { end >= $0 } ?? (page.jobs.count < query.limit)
        self.init(jobs: page.jobs.map { RemoteJobResource($0) }, total: page.total, next: isLast ? nil : end)
    }
}

extension RemoteJobResource {
    fileprivate init(_ job: OCRJob) {
        self.init()
        id = job.id
        jobNumber = job.number
        documentName = job.documentName
        status = job.status
        createdAt = job.createdAt
        completedAt = job.completedAt
    }
}
