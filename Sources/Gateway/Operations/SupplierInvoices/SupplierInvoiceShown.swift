import Journey

/// The state of a supplier's invoice as it is shown: while the account is refused, every one that is still owed is held.
public enum SupplierInvoiceShown: String, Sendable, CaseIterable {
    case waiting, reading, read, failed, removed, held

    init(_ state: SupplierInvoiceState, isHeld: Bool) {
        self =
            switch state {
            case .waiting: isHeld ? .held : .waiting
            case .reading: isHeld ? .held : .reading
            case .read: .read
            case .failed: .failed
            case .removed: .removed
            }
    }
}
