import ArgumentParser
import GatewayAPI
import JSON

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one sale.")

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var selection: SaleSelection
    @Flag(help: "Print it as JSON.") var json = false
    @Flag(name: .customLong("show-url"), help: "Print the service_url.") var showURL = false

    func run() async throws {
        let client = gateway.client
        let id = try await selection.transactionID(from: client, json: json)
        let answer = try await client.get(GatewayClient.path(of: id))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let sale = try SaleResource(json: answer.json())
        Terminal.print(json ? sale.json(showingURL: showURL).text : SaleText(sale: sale, showsURL: showURL).text())
    }
}
