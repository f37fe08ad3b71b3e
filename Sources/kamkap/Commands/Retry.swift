import ArgumentParser
import GatewayAPI
import JSON

struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a rejected or held sale to the provider again.",
        discussion: """
            Its request is built again from the kept sale and today's configuration. With --adopt it first shows what the \
            provider has under the sale's id, and asks whether to take it. A buyer that the provider refused can be \
            replaced: FILE holds the sale's member buyer, as JSON.
            """)

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Flag(help: "Treat the transaction that the provider has under this id as ours.") var adopt = false
    @Flag(help: "With --adopt: do not ask. What the provider has is shown all the same.") var yes = false
    @Option(help: "Make it out to the buyer in this file; - reads standard input.") var buyer: String?
    @Flag(help: "Make it out to nobody: the sale gets an abbreviated tax invoice.") var withoutBuyer = false
    @Flag(help: "Print the sale as JSON.") var json = false

    func validate() throws {
        if buyer != nil, withoutBuyer { throw ValidationError("--buyer and --without-buyer exclude each other") }
        if yes, !adopt { throw ValidationError("--yes answers the question of --adopt") }
        if adopt, !yes, buyer == "-" {
            throw ValidationError("--adopt asks at standard input, and --buyer - reads it: say --yes, or name a file")
        }
    }

    func run() async throws {
        var body: JSONObject = ["adopt": .bool(adopt)]
        if let buyer { body["buyer"] = try Self.buyer(in: buyer) }
        if withoutBuyer { body["without_buyer"] = .bool(true) }
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        if adopt { try await confirmAdoption(of: id, client) }
        let answer = try await client.post(GatewayClient.path(of: id, "/retry"), JSONValue.object(body).bytes)
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: false).text : SaleText(sale: sale, showsURL: false).text())
    }

    /// Nobody adopts a transaction unseen: it may be a stranger's.
    private func confirmAdoption(of id: String, _ client: GatewayClient) async throws {
        guard yes || Terminal.canAsk else {
            throw ValidationError(
                "--adopt asks a person at a terminal; a script says --yes, and is shown what it takes")
        }
        let answer = try await client.get(GatewayClient.path(of: id, "/transaction"))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let found = try SaleTransactionResource(json: answer.json())
        // Not among the output, which is the sale.
        Terminal.aside(AdoptionText(found: found).text() + "\n")
        guard yes || Terminal.ask("Is it this sale?") else {
            throw CommandExit(.needsAHand, "\(id): nothing was changed")
        }
    }

    private static func buyer(in file: String) throws -> JSONValue {
        do { return try JSONParser.parse(try Submit.read(file)) } catch let error as JSONSyntaxError {
            throw CommandExit(.badData, "\(file): not JSON: \(error)")
        }
    }
}
