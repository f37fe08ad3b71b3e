import ArgumentParser

struct Billing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bills, and the books that the provider keeps beside them.",
        discussion: """
            Only with a provider that has bills (Billgate), and only on the gateway's machine. What changes something is \
            written into a journal before it is sent. If its end is unknown, the command ends with 69 and it is not sent \
            again by itself: kamkap billing calls lists it. Ask again: what can be looked for is looked for, twice, and then \
            sent again; what cannot is refused until you say --anew.
            """,
        subcommands: [
            BookCommand<CustomerBook>.self, BookCommand<BillBook>.self, BookCommand<TemplateBook>.self,
            BookCommand<RecurringBook>.self, BookCommand<ReceiptBook>.self, BookCommand<TaxInvoiceBook>.self,
            BillPaid.self, BillDecline.self, BillLog.self, BillingToken.self, BillingCalls.self,
        ])
}
