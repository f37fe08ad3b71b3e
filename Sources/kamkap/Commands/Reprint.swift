import ArgumentParser
import GatewayAPI
import JSON

struct Reprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a copy of a receipt, or its QR by itself.",
        discussion: "If the original is not out yet, prints it on that printer instead.")

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Option(help: "The printer. Default: the printer of the sale's last paper.") var printer: String?
    @Option(help: "What to print: copy or qr_slip.") var kind: Kind = .copy
    @Flag(help: "Print the answer as JSON.") var json = false

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case copy
        case qrSlip = "qr_slip"
    }

    func run() async throws {
        var body: JSONObject = ["kind": .string(kind.rawValue)]
        if let printer { body["printer"] = .string(printer) }
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        let answer = try await client.post(GatewayClient.path(of: id, "/reprint"), JSONValue.object(body).bytes)
        guard answer.status == 202 else { throw CommandExit(answer, about: id) }
        let print = try PrintResource(json: answer.json())
        Terminal.print(json ? print.json.text : "\(id): \(SaleText.description(of: print))")
    }
}
