/// What a provider keeps beside the documents of sales. The raw value is its name in paths and commands.
public enum BillingBook: String, Sendable, Hashable, CaseIterable {
    case customers
    /// What somebody owes.
    case bills
    /// What monthly bills are made from.
    case templates
    /// Orders to send a bill each month.
    case recurring
    case receipts
    case taxInvoices = "tax-invoices"
}
