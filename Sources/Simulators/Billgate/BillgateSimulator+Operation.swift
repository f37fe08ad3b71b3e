extension BillgateSimulator {
    /// The 33 operations of the page, by their ids there.
    public enum Operation: String, Sendable, CaseIterable {
        case checkBillgateAuthorization, generateBillgateAccessToken, getBillgateAccessToken
        case revokeBillgateAccessToken
        case createInvoice, listInvoices, getInvoiceById, deleteInvoiceById
        case confirmPaidPaymentInvoice, declinePaymentInvoice, listInvoiceTransitionLogs
        case createReceipt, listReceipts, getReceiptById, deleteReceiptById
        case createTaxInvoice, listTaxInvoices, getTaxInvoiceById, deleteTaxInvoiceById
        case listCustomers, createCustomer, getCustomerById, updateCustomerById, deleteCustomerById
        case listInvoiceTemplates, createInvoiceTemplate, getInvoiceTemplate, updateInvoiceTemplate
        case deleteInvoiceTemplate
        case listRecurringInvoices, createRecurringInvoice, getRecurringInvoiceById, cancelRecurringInvoiceById

        /// The method, and the path in which `*` stands for an id.
        var route: (method: String, path: String) {
            switch self {
            case .checkBillgateAuthorization: ("GET", "/v1/tokens/authorized")
            case .generateBillgateAccessToken: ("POST", "/v1/tokens/access_token")
            case .getBillgateAccessToken: ("GET", "/v1/tokens/access_token")
            case .revokeBillgateAccessToken: ("POST", "/v1/tokens/access_token/revoke")
            case .createInvoice: ("POST", "/v1/invoices")
            case .listInvoices: ("GET", "/v1/invoices")
            case .getInvoiceById: ("GET", "/v1/invoices/*")
            case .deleteInvoiceById: ("DELETE", "/v1/invoices/*")
            case .confirmPaidPaymentInvoice: ("POST", "/v1/invoices/*/paid")
            case .declinePaymentInvoice: ("POST", "/v1/invoices/*/decline_payment")
            case .listInvoiceTransitionLogs: ("GET", "/v1/invoices/*/transition_logs")
            case .createReceipt: ("POST", "/v1/receipts")
            case .listReceipts: ("GET", "/v1/receipts")
            case .getReceiptById: ("GET", "/v1/receipts/*")
            case .deleteReceiptById: ("DELETE", "/v1/receipts/*")
            case .createTaxInvoice: ("POST", "/v1/tax_invoices")
            case .listTaxInvoices: ("GET", "/v1/tax_invoices")
            case .getTaxInvoiceById: ("GET", "/v1/tax_invoices/*")
            case .deleteTaxInvoiceById: ("DELETE", "/v1/tax_invoices/*")
            case .listCustomers: ("GET", "/v1/customers")
            case .createCustomer: ("POST", "/v1/customers")
            case .getCustomerById: ("GET", "/v1/customers/*")
            case .updateCustomerById: ("PUT", "/v1/customers/*")
            case .deleteCustomerById: ("DELETE", "/v1/customers/*")
            case .listInvoiceTemplates: ("GET", "/v1/templates/invoices")
            case .createInvoiceTemplate: ("POST", "/v1/templates/invoices")
            case .getInvoiceTemplate: ("GET", "/v1/templates/invoices/*")
            case .updateInvoiceTemplate: ("PUT", "/v1/templates/invoices/*")
            case .deleteInvoiceTemplate: ("DELETE", "/v1/templates/invoices/*")
            case .listRecurringInvoices: ("GET", "/v1/recurring_invoices")
            case .createRecurringInvoice: ("POST", "/v1/recurring_invoices")
            case .getRecurringInvoiceById: ("GET", "/v1/recurring_invoices/*")
            case .cancelRecurringInvoiceById: ("DELETE", "/v1/recurring_invoices/*")
            }
        }

        /// Whether it has a body.
        var takesBody: Bool {
            switch self {
            case .createInvoice, .confirmPaidPaymentInvoice, .declinePaymentInvoice, .createReceipt, .createTaxInvoice,
                .createCustomer, .updateCustomerById, .createInvoiceTemplate, .updateInvoiceTemplate,
                .createRecurringInvoice:
                true
            default: false
            }
        }

        /// Whether it makes a document that is sent to somebody.
        var makesDocument: Bool {
            switch self {
            case .createInvoice, .createReceipt, .createTaxInvoice: true
            default: false
            }
        }

        /// The kind of document that the id in its path names; nil for other things.
        var documentKind: Document.Kind? {
            switch self {
            case .getInvoiceById, .deleteInvoiceById, .confirmPaidPaymentInvoice, .declinePaymentInvoice,
                .listInvoiceTransitionLogs:
                .invoice
            case .getReceiptById, .deleteReceiptById: .receipt
            case .getTaxInvoiceById, .deleteTaxInvoiceById: .taxInvoice
            default: nil
            }
        }
    }
}

extension BillgateSimulator.Operation {
    /// Where a request leads.
    enum Route {
        case operation(BillgateSimulator.Operation, id: String?)
        /// The path is known, but not with this method.
        case wrongMethod
        case nowhere
    }

    private static let byPath: [String: [String: BillgateSimulator.Operation]] = {
        var table: [String: [String: BillgateSimulator.Operation]] = [:]
        for operation in allCases { table[operation.route.path, default: [:]][operation.route.method] = operation }
        return table
    }()

    /// - Parameter path: without its query, as it came
    static func find(_ method: String, _ path: String) -> Route {
        var id: String?
        var operations = byPath[path]
        if operations == nil {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            for index in parts.indices.dropFirst(3) where !parts[index].isEmpty {
                var pattern = parts
                pattern[index] = "*"
                guard let found = byPath[pattern.joined(separator: "/")] else { continue }
                operations = found
                id = FormText.decodedPath(parts[index].utf8)
            }
        }
        guard let operations else { return .nowhere }
        return operations[method].map { .operation($0, id: id) } ?? .wrongMethod
    }
}
