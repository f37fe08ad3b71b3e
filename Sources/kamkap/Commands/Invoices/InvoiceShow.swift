import ArgumentParser
import GatewayAPI
import JSON

struct InvoiceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one supplier's invoice, and what was read on it.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The invoice's number.") var number: Int
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.get(GatewayClient.path(ofInvoice: number))
        guard answer.status == 200 else { throw CommandExit(answer, about: "invoice \(number)") }
        let detail = try SupplierInvoiceDetail(json: answer.json())
        Terminal.print(
            json ? detail.json.text : SupplierInvoiceText(invoice: detail.invoice, reading: detail.reading).text())
    }
}

struct InvoiceRedo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Have a supplier's invoice read again.",
        discussion: "Its document has to be in read/ or failed/. The service may charge for it again.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The invoice's number.") var number: Int
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.post(GatewayClient.path(ofInvoice: number, "/redo"), [])
        try SupplierInvoiceText.tell(answer, number: number, json: json)
    }
}

struct InvoiceRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Give up a supplier's invoice, and delete its job at the service.",
        discussion: "One that is not read yet goes to failed/. The document and its reading stay in the folder.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The invoice's number.") var number: Int
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.delete(GatewayClient.path(ofInvoice: number))
        try SupplierInvoiceText.tell(answer, number: number, json: json)
    }
}
