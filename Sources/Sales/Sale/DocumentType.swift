public import JSON

/// The document that a sale gets from its provider. The raw values are the words of the API and the database.
public enum DocumentType: String, Sendable, CaseIterable {
    /// None yet, but a page on which the customer has a full tax invoice made. The paper is the abbreviated tax invoice.
    case taxInvoiceStub = "tax_invoice_stub"
    /// A full tax invoice, made out to the sale's buyer.
    case taxInvoice = "tax_invoice"
    /// An abbreviated tax invoice. Whoever has its link can have it made out to them.
    case abbreviatedTaxInvoice = "abbreviated_tax_invoice"
    /// A receipt, made out to the sale's buyer, for a seller or a sale without VAT.
    case receipt

    static let rule = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")

    /// Whether it is made out to a buyer: then the sale has one, and otherwise it has none.
    public var namesBuyer: Bool {
        switch self {
        case .taxInvoice, .receipt: true
        case .taxInvoiceStub, .abbreviatedTaxInvoice: false
        }
    }

    /// Whether there can be VAT in it.
    public var hasVAT: Bool { self != .receipt }
}

extension DocumentType {
    /// What an event says, or means by saying nothing.
    public init(statedBy event: JSONObject) {
        let hasBuyer = event["buyer"].map { !$0.isNull } ?? false
        if case .string(let text)? = event["document_type"], let type = DocumentType(rawValue: text) {
            self = type
        } else {
            self = hasBuyer ? .taxInvoice : .taxInvoiceStub
        }
    }
}
