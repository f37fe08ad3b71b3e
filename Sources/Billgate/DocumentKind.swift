import Sales

/// What a sale becomes at Billgate.
enum DocumentKind: String, Sendable, CaseIterable {
    /// Of a walk-in sale, or of a sale without VAT. A receipt is no tax invoice, so the paper stays the only one.
    case receipt
    /// Made out to the sale's buyer.
    case taxInvoice = "tax_invoice"
    /// A bill to the buyer of a sale on credit.
    case invoice

    init(of sale: Sale) {
        // Nobody has paid yet: that is never a receipt, even if its buyer was taken away since.
        if sale.dueOn != nil {
            self = .invoice
        } else {
            self = sale.documentType == .taxInvoice ? .taxInvoice : .receipt
        }
    }

    var path: String {
        switch self {
        case .receipt: "/v1/receipts"
        case .taxInvoice: "/v1/tax_invoices"
        case .invoice: "/v1/invoices"
        }
    }

    /// The member with the id in the answer to a create.
    var createdID: String {
        switch self {
        case .receipt: "receipt_id"
        case .taxInvoice: "tax_invoice_id"
        case .invoice: "id"
        }
    }

    /// The status of that answer.
    var createdStatus: Int { self == .invoice ? 202 : 200 }

    /// Whether its list can be narrowed to some days.
    var hasDays: Bool { self == .invoice }

    /// Whether a request has a `name`, which holds the paper's number.
    var isNamed: Bool { self != .taxInvoice }
}
