public import RemoteServices

/// The outcome of a create.
public enum OCRJobCreation: Sendable, Equatable {
    /// The service's id of the new job.
    case made(id: String)
    /// The service answered with a job that does not show whether it is ours: under another number, without the document's
    /// digest. It has acted.
    case unrecognised(id: String)
    /// The service may have a job of this number already: look for it (``OCRInvoiceService/find(_:)``) before the failure
    /// counts. `isTaken`: it says so itself.
    case refused(ServiceFailure, isTaken: Bool)
    case failed(ServiceFailure)
}
