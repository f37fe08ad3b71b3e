import ArgumentParser
import GatewayAPI
import JSON

struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a rejected or held sale to the provider again.",
        discussion: """
            Its request is built again from the kept sale and today's configuration. What the provider has already is \
            taken with --adopt: at Slime the transaction under the sale's id, which is shown first, and asked about; at \
            Billgate the document that you name, if it is this sale's. A buyer that the provider refused can be \
            replaced: FILE holds the sale's member buyer, as JSON.
            """)

    @OptionGroup var gateway: GatewayOptions
    @Argument(
        help: ArgumentHelp(
            "The sale's transaction_id; after it, with --adopt at Billgate, the id of its document there.",
            valueName: "id"))
    var ids: [String] = []
    @Option(help: "The number on the sale's paper, in place of its transaction_id.") var number: String?
    @Flag(help: "Take what the provider has for this sale's.") var adopt = false
    @Flag(help: "With --adopt: do not ask. What the provider has is shown all the same.") var yes = false
    @Flag(help: "The provider has none: make it, whatever was sent before.") var anew = false
    @Option(help: "Move the sale to this provider; only if no attempt may have reached its own.") var provider: String?
    @Option(help: "Make it out to the buyer in this file; - reads standard input.") var buyer: String?
    @Flag(help: "Make it out to nobody: the sale gets an abbreviated tax invoice.") var withoutBuyer = false
    @Flag(help: "Print the sale as JSON.") var json = false

    func validate() throws {
        let sales = number == nil ? 1 : 0
        guard (sales...(adopt ? sales + 1 : sales)).contains(ids.count) else {
            throw ValidationError(
                ids.count < sales
                    ? "Name the sale: by its ID, or by the number on its paper with --number."
                    : "Name the sale by its ID or by --number, not by both\(adopt ? ", and one document after it" : "")."
            )
        }
        guard [adopt, anew, provider != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--adopt, --anew and --provider exclude each other")
        }
        if buyer != nil, withoutBuyer { throw ValidationError("--buyer and --without-buyer exclude each other") }
        if yes, !adopt { throw ValidationError("--yes answers the question of --adopt") }
        if adopt, !yes, buyer == "-" {
            throw ValidationError("--adopt asks at standard input, and --buyer - reads it: say --yes, or name a file")
        }
    }

    func run() async throws {
        let document = ids.count > (number == nil ? 1 : 0) ? ids.last : nil
        var body: JSONObject = ["adopt": document.map(JSONValue.string) ?? .bool(adopt)]
        if anew { body["anew"] = .bool(true) }
        if let provider { body["provider"] = .string(provider) }
        if let buyer { body["buyer"] = try BuyerFile.read(buyer) }
        if withoutBuyer { body["without_buyer"] = .bool(true) }
        let client = gateway.client
        let id: String
        if let number {
            id = try await SaleSelection.transactionID(ofNumber: number, from: client, json: json)
        } else {
            id = ids.first ?? ""
        }
        if adopt, document == nil { try await confirmAdoption(of: id, client) }
        let answer = try await client.post(GatewayClient.path(of: id, "/retry"), JSONValue.object(body).bytes)
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: false).text : SaleText(sale: sale, showsURL: false).text())
        if document != nil, sale.registration.state == "rejected" { throw CommandExit(.badData, "") }
    }

    /// Nobody adopts a transaction unseen: it may be a stranger's.
    private func confirmAdoption(of id: String, _ client: GatewayClient) async throws {
        guard yes || Terminal.canAsk else {
            throw ValidationError(
                "--adopt asks a person at a terminal; a script says --yes, and is shown what it takes")
        }
        let answer = try await client.get(GatewayClient.path(of: id, "/transaction"))
        // The provider has none to show; what it wants instead, it says when it is asked to adopt.
        if answer.status == 422 { return }
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let found = try SaleTransactionResource(json: answer.json())
        // Not among the output, which is the sale.
        Terminal.aside(AdoptionText(found: found).text() + "\n")
        guard yes || Terminal.ask("Is it this sale?") else {
            throw CommandExit(.needsAHand, "\(id): nothing was changed")
        }
    }
}
