extension Incident {
    /// A file of the spool was refused.
    public static let spoolRejected = "spool-rejected"
    /// A payment slip differs from what was to be paid, or was seen before.
    public static let slipDiffers = "slip-differs"
    /// An invoice of a supplier could not be read.
    public static let supplierInvoicesFailed = "supplier-invoices-failed"
    /// A provider's document has another total than the paper.
    public static let totalDiffers = "total-differs"
}
