import Sales

/// Behind whom a job goes, as the database keeps it.
enum JobLine: Int {
    /// Somebody waits for it, or did.
    case ordinary = 0
    /// It fails while others get through: after all of them, one at a time.
    case apart = 1
    /// The file of a document: after everything that is to be made, however much that is.
    case files = 2
    /// A stream of documents: as files, and not behind thousands of them.
    case streams = 3

    init(_ kind: JobKind, waitsApart: Bool = false) {
        self =
            switch kind {
            case .documentFile: .files
            case .documentStream: .streams
            case .registration, .saleInvoice, .withdrawal, .slip, .supplierInvoice: waitsApart ? .apart : .ordinary
            }
    }
}
