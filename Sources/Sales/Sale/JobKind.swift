/// What a service owes. The name stands in the database.
public enum JobKind: String, Sendable, CaseIterable {
    /// A sale's transaction with its provider; its result is the link that the customer scans.
    case registration
    /// A full tax invoice for a sale that was registered without a buyer: once a sale. The sale's registration does not depend
    /// on it.
    case saleInvoice = "sale_invoice"
    /// The document of a sale's registration is to be taken back.
    case withdrawal
    /// What the provider tells of all the documents that it makes: one job for each service, and it never ends. It belongs
    /// to no sale.
    case documentStream = "document_stream"
    /// One file of one document, for the archive.
    case documentFile = "document_file"

    /// A payment slip is to be read. It belongs to no sale: the sale may come later.
    case slip

    /// A supplier's invoice is to be read. It belongs to no sale.
    case supplierInvoice = "supplier_invoice"

    /// Whether it is about documents: nobody waits for it, and it goes after everything that somebody may wait for.
    public var isAboutDocuments: Bool { self == .documentStream || self == .documentFile }

    /// Whether a service reads something for it, and is asked for what it read until it is there.
    public var isReading: Bool { self == .slip || self == .supplierInvoice }
}
