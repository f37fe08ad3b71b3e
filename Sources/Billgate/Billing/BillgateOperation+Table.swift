import NIOHTTP1

extension BillgateOperation {
    /// What the page says of an operation.
    struct Terms: Sendable {
        let method: HTTPMethod
        /// `*` stands for an id.
        let path: String
        /// The parameters in the query.
        let query: [QueryRule]
        /// Nil if there is no body.
        let body: BodyRule?
        /// Of the documented answer.
        let status: Int
        /// Whether that answer has a body.
        var hasAnswer: Bool { status == 200 || status == 202 }
        /// Whether the id in the path is a UUID.
        let takesUUID: Bool

        init(
            _ method: HTTPMethod, _ path: String, query: [QueryRule] = [], body: BodyRule? = nil, status: Int = 200
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.body = body
            self.status = status
            takesUUID = path.hasSuffix("/*") && (path.hasPrefix("/v1/templates") || path.hasPrefix("/v1/recurring"))
        }
    }

    /// The one table of the page's operations.
    var terms: Terms {
        switch self {
        case .checkBillgateAuthorization: Terms(.GET, "/v1/tokens/authorized", status: 204)
        case .generateBillgateAccessToken: Terms(.POST, "/v1/tokens/access_token")
        case .getBillgateAccessToken: Terms(.GET, "/v1/tokens/access_token")
        case .revokeBillgateAccessToken: Terms(.POST, "/v1/tokens/access_token/revoke", status: 204)
        case .createInvoice: Terms(.POST, "/v1/invoices", query: QueryRule.customer, body: .invoice, status: 202)
        case .listInvoices: Terms(.GET, "/v1/invoices", query: QueryRule.invoices)
        case .getInvoiceById: Terms(.GET, "/v1/invoices/*")
        case .deleteInvoiceById: Terms(.DELETE, "/v1/invoices/*", status: 204)
        case .confirmPaidPaymentInvoice: Terms(.POST, "/v1/invoices/*/paid", body: .payment, status: 201)
        case .declinePaymentInvoice: Terms(.POST, "/v1/invoices/*/decline_payment", body: .decline, status: 201)
        case .listInvoiceTransitionLogs: Terms(.GET, "/v1/invoices/*/transition_logs")
        case .createReceipt: Terms(.POST, "/v1/receipts", query: QueryRule.customer, body: .receipt)
        case .listReceipts: Terms(.GET, "/v1/receipts", query: QueryRule.paging)
        case .getReceiptById: Terms(.GET, "/v1/receipts/*")
        case .deleteReceiptById: Terms(.DELETE, "/v1/receipts/*", status: 204)
        case .createTaxInvoice: Terms(.POST, "/v1/tax_invoices", query: QueryRule.customer, body: .taxInvoice)
        case .listTaxInvoices: Terms(.GET, "/v1/tax_invoices", query: QueryRule.paging)
        case .getTaxInvoiceById: Terms(.GET, "/v1/tax_invoices/*")
        case .deleteTaxInvoiceById: Terms(.DELETE, "/v1/tax_invoices/*", status: 204)
        case .listCustomers: Terms(.GET, "/v1/customers", query: QueryRule.customers)
        case .createCustomer: Terms(.POST, "/v1/customers", body: .customer)
        case .getCustomerById: Terms(.GET, "/v1/customers/*")
        case .updateCustomerById: Terms(.PUT, "/v1/customers/*", body: .customer)
        case .deleteCustomerById: Terms(.DELETE, "/v1/customers/*", status: 204)
        case .listInvoiceTemplates: Terms(.GET, "/v1/templates/invoices", query: QueryRule.paging)
        case .createInvoiceTemplate: Terms(.POST, "/v1/templates/invoices", body: .template)
        case .getInvoiceTemplate: Terms(.GET, "/v1/templates/invoices/*")
        case .updateInvoiceTemplate: Terms(.PUT, "/v1/templates/invoices/*", body: .template)
        case .deleteInvoiceTemplate: Terms(.DELETE, "/v1/templates/invoices/*", status: 204)
        case .listRecurringInvoices: Terms(.GET, "/v1/recurring_invoices", query: QueryRule.recurring)
        case .createRecurringInvoice: Terms(.POST, "/v1/recurring_invoices", body: .recurring)
        case .getRecurringInvoiceById: Terms(.GET, "/v1/recurring_invoices/*")
        case .cancelRecurringInvoiceById: Terms(.DELETE, "/v1/recurring_invoices/*", status: 204)
        }
    }

    /// Its name in metrics.
    var metric: String {
        switch self {
        case .checkBillgateAuthorization, .generateBillgateAccessToken, .getBillgateAccessToken,
            .revokeBillgateAccessToken:
            "billing_token"
        default: terms.method == .GET ? "billing_read" : "billing_write"
        }
    }
}
