public import Foundation

/// A sale as the API shows it. Every member is always present, `null` where it is empty.
public struct SaleResource: WireResource {
    public var transactionID = ""
    public var terminalID: String?
    public var receivedAt = Date.distantPast
    public var issuedAt = Date.distantPast
    /// The number on the paper.
    public var number = ""
    public var totals = TotalsResource()
    /// `tax_invoice_stub`, `tax_invoice`, `abbreviated_tax_invoice` or `receipt`.
    public var documentType = ""
    /// Whether its document is made out to a buyer, of whom nothing else is shown.
    public var hasBuyer = false
    /// For a sale on credit: the day on which its buyer has to have paid, `YYYY-MM-DD`.
    public var dueOn: String?
    public var registration = RegistrationResource()
    /// Its full tax invoice that staff had made later; nil if nobody has wanted one.
    public var taxInvoice: ProviderJobResource?
    public var prints: [PrintResource] = []
    public var slips: [SlipResource] = []
    public var documents: [SaleDocumentResource] = []

    public init() {}

    public static let fields: [WireField<SaleResource>] = [
        .field("transaction_id", \.transactionID), .field("terminal_id", \.terminalID),
        .field("received_at", \.receivedAt), .field("issued_at", \.issuedAt), .field("number", \.number),
        .field("totals", \.totals), .field("document_type", \.documentType), .field("has_buyer", \.hasBuyer),
        .field("due_on", \.dueOn), .field("registration", \.registration), .field("tax_invoice", \.taxInvoice),
        .field("prints", \.prints), .field("slips", \.slips), .field("documents", \.documents),
    ]
}
