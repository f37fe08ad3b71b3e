extension BillgateSimulator {
    func answer(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        switch request.operation {
        case .checkBillgateAuthorization: return .empty(204)
        case .generateBillgateAccessToken: return .json(account.generate(areKeys: leeway.tokensAreKeys))
        case .getBillgateAccessToken: return .json(try account.current())
        case .revokeBillgateAccessToken:
            try account.revoke(areKeys: leeway.tokensAreKeys)
            return .empty(204)
        case .createInvoice: return .json(try createInvoice(request), status: 202)
        case .createReceipt: return .json(.object(["receipt_id": .string(try createReceipt(request))]))
        case .createTaxInvoice: return .json(.object(["tax_invoice_id": .string(try createTaxInvoice(request))]))
        case .listInvoices: return .json(try listDocuments(.invoice, request))
        case .listReceipts: return .json(try listDocuments(.receipt, request))
        case .listTaxInvoices: return .json(try listDocuments(.taxInvoice, request))
        case .getInvoiceById: return .json(try getDocument(.invoice, request))
        case .getReceiptById: return .json(try getDocument(.receipt, request))
        case .getTaxInvoiceById: return .json(try getDocument(.taxInvoice, request))
        case .deleteInvoiceById: return try deleteDocument(.invoice, request)
        case .deleteReceiptById: return try deleteDocument(.receipt, request)
        case .deleteTaxInvoiceById: return try deleteDocument(.taxInvoice, request)
        case .confirmPaidPaymentInvoice: return try confirmPaid(request)
        case .declinePaymentInvoice: return try declinePayment(request)
        case .listInvoiceTransitionLogs: return .json(try listTransitions(request))
        default: return try answerAboutBooks(request)
        }
    }

    /// Customers, templates and recurring invoices.
    private func answerAboutBooks(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        switch request.operation {
        case .listCustomers: return .json(try listCustomers(request))
        case .createCustomer: return .json(try createCustomer(request))
        case .getCustomerById: return .json(try getCustomer(request))
        case .updateCustomerById: return .json(try updateCustomer(request))
        case .deleteCustomerById: return try deleteCustomer(request)
        case .listInvoiceTemplates: return .json(try listTemplates(request))
        case .createInvoiceTemplate: return .json(try createTemplate(request))
        case .getInvoiceTemplate: return .json(try getTemplate(request))
        case .updateInvoiceTemplate: return .json(try updateTemplate(request))
        case .deleteInvoiceTemplate: return try deleteTemplate(request)
        case .listRecurringInvoices: return .json(try listRecurring(request))
        case .createRecurringInvoice: return .json(try createRecurring(request))
        case .getRecurringInvoiceById: return .json(try getRecurring(request))
        case .cancelRecurringInvoiceById: return try cancelRecurring(request)
        default: throw .notFound
        }
    }
}
