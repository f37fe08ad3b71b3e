extension SlimeSimulator {
    /// The subjects of the API page: the one list of them. Every other subject is answered with `JWT::InvalidSubject`.
    public enum Subject: String, Sendable, CaseIterable {
        case hello = "test/hello"
        case initiateWithAbbreviatedTaxInvoice = "simple-transaction/initiate-with-abbreviated-tax-invoice"
        case initiateWithTaxInvoiceStub = "simple-transaction/initiate-with-tax-invoice-stub"
        case initiateWithTaxInvoice = "simple-transaction/initiate-with-tax-invoice"
        case initiateWithReceipt = "simple-transaction/initiate-with-receipt"
        case showTransaction = "trading-transaction/show"
        case latestPDF = "trading-transaction/latest-pdf"
        case setTags = "trading-transaction/set-tags"
        case listByTag = "trading-transaction/list-by-tag"
        case showDocument = "trading-document/show"
        case listByTransaction = "trading-document/list-by-transaction"
        case downloadPDF = "trading-document/download-pdf"
        case downloadXML = "trading-document/download-xml"
        case streamGenerated = "trading-document/stream-generated"

        /// What a transaction is initiated with; nil for a subject that initiates none.
        public var documentType: DocumentType? {
            switch self {
            case .initiateWithAbbreviatedTaxInvoice: .abbreviatedTaxInvoice
            case .initiateWithTaxInvoiceStub: .taxInvoiceStub
            case .initiateWithTaxInvoice: .taxInvoice
            case .initiateWithReceipt: .receipt
            default: nil
            }
        }

        /// Whether the answer names where a file is for a while.
        var givesLocation: Bool {
            switch self {
            case .latestPDF, .downloadPDF, .downloadXML: true
            default: false
            }
        }
    }

    /// What a transaction is initiated with.
    public enum DocumentType: String, Sendable, CaseIterable {
        case abbreviatedTaxInvoice = "abbreviated_tax_invoice"
        /// A service page, and no document until a customer asks for one there.
        case taxInvoiceStub = "tax_invoice_stub"
        case taxInvoice = "tax_invoice"
        case receipt

        /// Whether the page's parameters name a buyer.
        var hasBuyer: Bool { self == .taxInvoice || self == .receipt }

        /// Whether the page's parameters name VAT: `vatable`, `vat_included` and `vat_rate`.
        var hasVAT: Bool { self != .receipt }
    }
}
