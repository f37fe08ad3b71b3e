import ArgumentParser
import GatewayAPI
import JSON

struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a rejected or held sale to the provider again.",
        discussion: """
            Its request is built again from the kept sale and today's configuration. A buyer that the provider refused can be \
            replaced: FILE holds the sale's member buyer, as JSON.
            """)

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Flag(help: "Treat the transaction that the provider has under this id as ours.") var adopt = false
    @Option(help: "Make it out to the buyer in this file; - reads standard input.") var buyer: String?
    @Flag(help: "Make it out to nobody: the sale gets an abbreviated tax invoice.") var withoutBuyer = false
    @Flag(help: "Print the sale as JSON.") var json = false

    func validate() throws {
        if buyer != nil, withoutBuyer { throw ValidationError("--buyer and --without-buyer exclude each other") }
    }

    func run() async throws {
        var body: JSONObject = ["adopt": .bool(adopt)]
        if let buyer { body["buyer"] = try Self.buyer(in: buyer) }
        if withoutBuyer { body["without_buyer"] = .bool(true) }
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        let answer = try await client.post(GatewayClient.path(of: id, "/retry"), JSONValue.object(body).bytes)
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: false).text : SaleText(sale: sale, showsURL: false).text())
    }

    private static func buyer(in file: String) throws -> JSONValue {
        do { return try JSONParser.parse(try Submit.read(file)) } catch let error as JSONSyntaxError {
            throw CommandExit(.badData, "\(file): not JSON: \(error)")
        }
    }
}
