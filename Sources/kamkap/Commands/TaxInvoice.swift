import ArgumentParser
import GatewayAPI
import JSON

struct TaxInvoice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tax-invoice",
        abstract: "Have a full tax invoice made of a sale that had no buyer.",
        discussion: """
            Once a sale, at Billgate; at Slime the customer does it by the link on the receipt. FILE holds a buyer, as the \
            member buyer of a sale. Without --buyer the invoice that was made before is shown. Keep the abbreviated tax \
            invoice that it takes the place of.
            """)

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Option(help: "The buyer's file; - reads standard input.") var buyer: String?
    @Option(help: "The provider has it, under this id.") var adopt: String?
    @Flag(help: "The provider has none: make it, whatever was sent before.") var anew = false
    @Flag(name: .customLong("show-url"), help: "Print the invoice's link.") var showURL = false
    @Flag(help: "Print the invoice as JSON.") var json = false

    func validate() throws {
        if anew || adopt != nil, buyer == nil {
            throw ValidationError("--adopt and --anew are about an invoice to this buyer: say --buyer")
        }
        if anew, adopt != nil { throw ValidationError("--adopt and --anew exclude each other") }
    }

    func run() async throws {
        let client = gateway.client
        let buyer = try buyer.map { try BuyerFile.read($0) }
        let id = try await selection.transactionID(from: client, json: json)
        let path = GatewayClient.path(of: id, "/tax-invoice")
        let answer: GatewayClient.Answer
        if let buyer {
            answer = try await client.post(path, JSONValue.object(body(buyer)).bytes)
        } else {
            answer = try await client.get(path)
        }
        guard [200, 201, 202].contains(answer.status) else { throw CommandExit(answer, about: id) }
        var invoice = try ProviderJobResource(json: answer.json())
        if !showURL { invoice.serviceURL = nil }
        Terminal.print(json ? invoice.json.text : InvoiceText(invoice: invoice, sale: id).text())
        switch invoice.state {
        case "ready": break
        case "rejected": throw CommandExit(.badData, "")
        default: throw CommandExit(.unavailable, "")
        }
    }

    private func body(_ buyer: JSONValue) -> JSONObject {
        var body: JSONObject = ["buyer": buyer]
        if let adopt { body["adopt"] = .string(adopt) }
        if anew { body["anew"] = .bool(true) }
        return body
    }
}
