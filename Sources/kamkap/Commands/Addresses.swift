import ArgumentParser
import GatewayAPI
import JSON

struct Addresses: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find tambons with their codes and post codes, for a buyer's address.",
        discussion: """
            Five digits are a post code. Anything else is looked for in the names of tambons, amphoes and changwats, in \
            Thai or English; several words narrow it down. The table is GeoThai's (CC BY 4.0).
            """)

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "A post code, or names or parts of names.") var text: [String]
    @Option(help: "How many to list at most (1 to 500).") var limit = 50
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let text = text.joined(separator: " ")
        let isPostCode = text.utf8.count == 5 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let path = GatewayClient.path(ofAddresses: isPostCode ? "post_code" : "q", text, limit: limit)
        let answer = try await gateway.client.get(path)
        guard answer.status == 200 else { throw CommandExit(answer, about: "addresses") }
        if json { return Terminal.print(try answer.json().text) }
        Terminal.print(AddressListText(list: try AddressList(json: answer.json())).text())
    }
}
