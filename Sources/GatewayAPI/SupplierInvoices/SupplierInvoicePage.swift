/// A page of suppliers' invoices, newest first.
public struct SupplierInvoicePage: WireResource {
    public var invoices: [SupplierInvoiceResource] = []
    /// The value of `after` for the next page; nil on the last page.
    public var next: String?

    public init() {}

    public init(invoices: [SupplierInvoiceResource], next: String?) {
        self.invoices = invoices
        self.next = next
    }

    public static let fields: [WireField<SupplierInvoicePage>] = [
        .field("invoices", \.invoices), .field("next", \.next),
    ]
}
