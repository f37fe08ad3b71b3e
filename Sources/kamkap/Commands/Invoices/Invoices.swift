import ArgumentParser

struct Invoices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List suppliers' invoices, newest first, show one, or have one read again.",
        subcommands: [InvoiceList.self, InvoiceShow.self, InvoiceRedo.self, InvoiceRemove.self],
        defaultSubcommand: InvoiceList.self)
}
