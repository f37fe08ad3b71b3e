import ArgumentParser
import GatewayAPI
import JSON

struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a rejected or held sale to the provider again.",
        discussion: "Its request is built again from the kept sale and today's configuration.")

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Flag(help: "Treat the transaction that the provider has under this id as ours.") var adopt = false
    @Flag(help: "Print the sale as JSON.") var json = false

    func run() async throws {
        let body = JSONValue.object(["adopt": .bool(adopt)]).bytes
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        let answer = try await client.post(GatewayClient.path(of: id, "/retry"), body)
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: false).text : SaleText(sale: sale, showsURL: false).text())
    }
}
