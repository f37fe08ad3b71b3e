import ArgumentParser
import JSON
import RemoteServices

/// One of the provider's books, as the command line has it.
protocol BookName: Sendable {
    associatedtype Filters: BookFilters
    associatedtype Source: EntrySource

    static var book: BillingBook { get }
    static var abstract: String { get }
    /// The columns of its list.
    static var columns: [BillingText.Column] { get }
    /// The commands for one of its entries alone.
    static var further: [any ParsableCommand.Type] { get }
    static var canChange: Bool { get }
    /// What removing one means.
    static var removal: String { get }
}

extension BookName {
    static var further: [any ParsableCommand.Type] { [] }
    static var canChange: Bool { false }
}

/// What a list is narrowed by.
protocol BookFilters: ParsableArguments {
    var query: [(name: String, value: String?)] { get }
}

/// What a new entry is made of.
protocol EntrySource: ParsableArguments {
    var query: [(name: String, value: String?)] { get }
    func body() throws -> JSONObject
}

struct NoFilters: BookFilters {
    var query: [(name: String, value: String?)] { [] }
}

// MARK: The books

enum CustomerBook: BookName {
    struct Filters: BookFilters {
        @Option(help: "Only the one with this customer_code.") var code: String?
        var query: [(name: String, value: String?)] { [("customer_code", code)] }
    }
    typealias Source = EntryFile

    static let book = BillingBook.customers
    static let abstract = "The customers that the provider knows."
    static let canChange = true
    static let removal = "The customer is removed from the provider's book."
    static let columns: [BillingText.Column] = [
        ("id", ["id"], .left), ("name", ["name"], .left), ("tax number", ["tax_number"], .left),
        ("branch", ["branch_number"], .left), ("phone", ["phone_number"], .left),
    ]
}

enum BillBook: BookName {
    struct Filters: BookFilters {
        @Option(help: "pending, overdue, paid, unpaid, sent or rejected.") var status: String?
        @Option(help: "Issued on this day or later, such as 2026-11-20.") var from: String?
        @Option(help: "Issued on this day or earlier.") var to: String?
        @Option(help: "Paid on this day or later.") var paidFrom: String?
        @Option(help: "Paid on this day or earlier.") var paidTo: String?

        var query: [(name: String, value: String?)] {
            [
                ("status", status), ("start", from.map { $0 + " 00:00:00" }), ("end", to.map { $0 + " 23:59:59" }),
                ("payment_start", paidFrom.map { $0 + " 00:00:00" }),
                ("payment_end", paidTo.map { $0 + " 23:59:59" }),
            ]
        }
    }
    typealias Source = BillFile

    static let book = BillingBook.bills
    static let abstract = "What customers owe: the provider's invoices."
    static let further: [any ParsableCommand.Type] = [BillPaid.self, BillDecline.self, BillLog.self]
    static let removal = "Its customer cannot open the bill any more."
    static let columns: [BillingText.Column] = [
        ("id", ["id"], .left), ("number", ["number"], .left), ("status", ["status"], .left),
        ("issued", ["issue_date"], .left), ("due", ["due_date"], .left), ("total", ["total"], .right),
        ("customer", ["customer", "name"], .left),
    ]
}

enum TemplateBook: BookName {
    typealias Filters = NoFilters
    typealias Source = EntryFile

    static let book = BillingBook.templates
    static let abstract = "What monthly bills are made from."
    static let canChange = true
    static let removal = "No monthly bill can be ordered from it any more."
    static let columns: [BillingText.Column] = [
        ("id", ["id"], .left), ("number", ["number"], .left), ("name", ["template", "name"], .left),
        ("comes to", ["template", "gross_amount"], .right), ("due after days", ["template", "due_date_term"], .right),
    ]
}

enum RecurringBook: BookName {
    struct Filters: BookFilters {
        @Option(help: "Only this customer's, by its id.") var customer: String?
        @Option(help: "Only those from this template, by its id.") var template: String?
        @Option(help: "active or canceled.") var status: String?
        var query: [(name: String, value: String?)] {
            [("customer_id", customer), ("template_id", template), ("status", status)]
        }
    }
    typealias Source = EntryFile

    static let book = BillingBook.recurring
    static let abstract = "Orders to send a bill each month."
    static let removal = "No further bill is sent by it."
    static let columns: [BillingText.Column] = [
        ("id", ["id"], .left), ("number", ["number"], .left), ("status", ["status"], .left),
        ("next", ["next_sending_date"], .left), ("sent", ["sent_count"], .right),
        ("amount", ["invoice_template", "amount"], .right), ("customer", ["customer", "name"], .left),
    ]
}

enum ReceiptBook: BookName {
    typealias Filters = NoFilters
    typealias Source = ReceiptSource

    static let book = BillingBook.receipts
    static let abstract = "Receipts, also those of sales."
    static let removal = "Its customer cannot open the receipt any more."
    static let columns = BillingText.documentColumns
}

enum TaxInvoiceBook: BookName {
    typealias Filters = NoFilters
    typealias Source = TaxInvoiceSource

    static let book = BillingBook.taxInvoices
    static let abstract = "Tax invoices, also those of sales."
    static let removal = "Its customer cannot open the tax invoice any more."
    static let columns = BillingText.documentColumns
}
