import Sales

/// The calls of the API that we use.
enum SlimeSubject: String, Sendable, CaseIterable {
    case hello = "test/hello"
    case stub = "simple-transaction/initiate-with-tax-invoice-stub"
    case taxInvoice = "simple-transaction/initiate-with-tax-invoice"
    case abbreviatedTaxInvoice = "simple-transaction/initiate-with-abbreviated-tax-invoice"
    case receipt = "simple-transaction/initiate-with-receipt"
    case show = "trading-transaction/show"
    case latestPDF = "trading-transaction/latest-pdf"
    case setTags = "trading-transaction/set-tags"
    case listByTag = "trading-transaction/list-by-tag"
    case showDocument = "trading-document/show"
    case listDocuments = "trading-document/list-by-transaction"
    case downloadPDF = "trading-document/download-pdf"
    case downloadXML = "trading-document/download-xml"
    case streamDocuments = "trading-document/stream-generated"

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
        case .latestPDF: "latest_pdf"
        case .setTags: "set_tags"
        case .listByTag: "list_by_tag"
        case .showDocument: "show_document"
        case .listDocuments: "list_documents"
        case .downloadPDF: "download_pdf"
        case .downloadXML: "download_xml"
        case .streamDocuments: "stream"
        }
    }
}
