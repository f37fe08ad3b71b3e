public import SupplierInvoices

/// What is done about invoices of suppliers.
public struct SupplierInvoiceTasks: Sendable {
    /// Reads them.
    public let service: any SupplierInvoiceReader
    /// Where they lie, and what was read of them.
    public let files: any SupplierInvoiceFiles

    public init(service: any SupplierInvoiceReader, files: any SupplierInvoiceFiles) {
        self.service = service
        self.files = files
    }
}
