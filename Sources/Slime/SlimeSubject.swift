import Sales

/// The calls of the API that we use.
enum SlimeSubject: String, Sendable, CaseIterable {
    case hello = "test/hello"
    case stub = "simple-transaction/initiate-with-tax-invoice-stub"
    case taxInvoice = "simple-transaction/initiate-with-tax-invoice"
    case abbreviatedTaxInvoice = "simple-transaction/initiate-with-abbreviated-tax-invoice"
    case receipt = "simple-transaction/initiate-with-receipt"
    case show = "trading-transaction/show"

    /// The call that makes a sale's transaction, by the document that the sale gets.
    init(initiating type: DocumentType) {
        self =
            switch type {
            case .taxInvoiceStub: .stub
            case .taxInvoice: .taxInvoice
            case .abbreviatedTaxInvoice: .abbreviatedTaxInvoice
            case .receipt: .receipt
            }
    }

    /// Its name in metrics.
    var metric: String {
        switch self {
        case .hello: "hello"
        case .stub: "stub"
        case .taxInvoice: "tax_invoice"
        case .abbreviatedTaxInvoice: "abbreviated_tax_invoice"
        case .receipt: "receipt"
        case .show: "show"
        }
    }
}
