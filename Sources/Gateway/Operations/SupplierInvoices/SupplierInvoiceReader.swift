public import OCRInvoice
public import RemoteServices
public import SupplierInvoices

/// A service that reads invoices of suppliers, as far as staff and the gateway's care ask it.
public protocol SupplierInvoiceReader: RemoteService {
    /// Whether it deletes its own job once what it read is kept.
    var deletesRemote: Bool { get }

    /// What it is sent of a document, and what it keeps beside that: a publication that nobody has heard of yet.
    func request(for file: SupplierFile) -> (request: [UInt8], context: String)
    /// What is in its own list.
    func list(search: String?, from offset: Int, size: Int) async throws(ServiceFailure) -> OCRJobPage
    /// Deletes a job of its own; nil if it is gone.
    func remove(_ remoteID: String) async -> ServiceFailure?
    /// Takes back what is published of a document; nil if nothing is.
    ///
    /// - Parameter context: the job's.
    func withdraw(context: String?, _ document: PublishedDocument.Name) async -> ServiceFailure?
}

extension SupplierInvoiceService: SupplierInvoiceReader {}
