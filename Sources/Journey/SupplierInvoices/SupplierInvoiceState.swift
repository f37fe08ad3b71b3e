/// How far a supplier's invoice has come.
public enum SupplierInvoiceState: String, Sendable, CaseIterable {
    /// It is here, and the service does not read it yet.
    case waiting
    /// The service reads it.
    case reading
    /// What it says is kept beside it.
    case read
    /// It could not be read, and is not tried again by itself.
    case failed
    /// Staff gave it up before it was read.
    case removed

    /// Whether the service still owes something about it.
    public var isOwed: Bool { self == .waiting || self == .reading }

    /// By its job.
    public init(_ job: JobMachine) {
        self =
            switch job.state {
            case .pending: job.step == .follow ? .reading : .waiting
            case .rejected: .failed
            case .done: .read
            }
    }
}
