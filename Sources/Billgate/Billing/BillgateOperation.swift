import NIOHTTP1
import RemoteServices

/// The operations of the page, by their ids there.
enum BillgateOperation: String, Sendable, Hashable, CaseIterable {
    case checkBillgateAuthorization, generateBillgateAccessToken, getBillgateAccessToken, revokeBillgateAccessToken
    case createInvoice, listInvoices, getInvoiceById, deleteInvoiceById
    case confirmPaidPaymentInvoice, declinePaymentInvoice, listInvoiceTransitionLogs
    case createReceipt, listReceipts, getReceiptById, deleteReceiptById
    case createTaxInvoice, listTaxInvoices, getTaxInvoiceById, deleteTaxInvoiceById
    case listCustomers, createCustomer, getCustomerById, updateCustomerById, deleteCustomerById
    case listInvoiceTemplates, createInvoiceTemplate, getInvoiceTemplate, updateInvoiceTemplate, deleteInvoiceTemplate
    case listRecurringInvoices, createRecurringInvoice, getRecurringInvoiceById, cancelRecurringInvoiceById

    /// Nil for one that the page does not have.
    init?(_ operation: BillingOperation) {
        switch operation {
        case .list(let book): self = Self.list(book)
        case .show(let book): self = Self.show(book)
        case .add(let book): self = Self.add(book)
        case .remove(let book): self = Self.remove(book)
        case .change(.customers): self = .updateCustomerById
        case .change(.templates): self = .updateInvoiceTemplate
        case .change: return nil
        case .confirmPayment: self = .confirmPaidPaymentInvoice
        case .declinePayment: self = .declinePaymentInvoice
        case .transitions: self = .listInvoiceTransitionLogs
        }
    }

    private static func list(_ book: BillingBook) -> Self {
        switch book {
        case .customers: .listCustomers
        case .bills: .listInvoices
        case .templates: .listInvoiceTemplates
        case .recurring: .listRecurringInvoices
        case .receipts: .listReceipts
        case .taxInvoices: .listTaxInvoices
        }
    }

    private static func show(_ book: BillingBook) -> Self {
        switch book {
        case .customers: .getCustomerById
        case .bills: .getInvoiceById
        case .templates: .getInvoiceTemplate
        case .recurring: .getRecurringInvoiceById
        case .receipts: .getReceiptById
        case .taxInvoices: .getTaxInvoiceById
        }
    }

    private static func add(_ book: BillingBook) -> Self {
        switch book {
        case .customers: .createCustomer
        case .bills: .createInvoice
        case .templates: .createInvoiceTemplate
        case .recurring: .createRecurringInvoice
        case .receipts: .createReceipt
        case .taxInvoices: .createTaxInvoice
        }
    }

    private static func remove(_ book: BillingBook) -> Self {
        switch book {
        case .customers: .deleteCustomerById
        case .bills: .deleteInvoiceById
        case .templates: .deleteInvoiceTemplate
        case .recurring: .cancelRecurringInvoiceById
        case .receipts: .deleteReceiptById
        case .taxInvoices: .deleteTaxInvoiceById
        }
    }
}
