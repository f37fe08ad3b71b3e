public import JSON

/// A supplier's invoice with what was read on it.
public struct SupplierInvoiceDetail: WireResource {
    public var invoice = SupplierInvoiceResource()
    /// The content of the file beside the document: `job`, `results` as the service wrote them, and `kept_at`. Nil while there is
    /// none.
    public var reading: JSONObject?

    public init() {}

    public init(invoice: SupplierInvoiceResource, reading: JSONObject?) {
        self.invoice = invoice
        self.reading = reading
    }

    public static let fields: [WireField<SupplierInvoiceDetail>] = [
        .field("invoice", \.invoice), .field("reading", \.reading),
    ]
}
