import ArgumentParser
import GatewayAPI
import JSON

struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take a sale's document back at its provider.",
        discussion: """
            The page behind the customer's link is gone then, for good, and copies carry no QR. A rejected sale can be sent \
            again after it (kamkap retry). Billgate can; Slime cannot.
            """)

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Flag(help: "Do not ask.") var yes = false
    @Flag(help: "Print the sale as JSON.") var json = false

    func run() async throws {
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        guard yes || Terminal.canAsk else {
            throw ValidationError("a withdrawal is for good, and asks a person at a terminal; a script says --yes")
        }
        guard yes || Terminal.ask("Take the document of the sale \(id) back, for good?") else {
            throw CommandExit(.needsAHand, "\(id): nothing was changed")
        }
        let answer = try await client.delete(GatewayClient.path(of: id, "/document"))
        guard answer.status == 200 || answer.status == 202 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: false).text : SaleText(sale: sale, showsURL: false).text())
        if answer.status == 202 {
            throw CommandExit(
                .unavailable,
                "\(id): the provider has not answered yet; Kamkap goes on by itself, see: kamkap show \(id)")
        }
    }
}
