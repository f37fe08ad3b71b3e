import ArgumentParser
import GatewayAPI
import JSON

struct SlipList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List payment slips, newest first: kamkap slips --state differs.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Only slips that are shown in this state.") var state: State?
    @Option(help: "How many to list at most (1 to 500).") var limit = 20
    @Option(help: "Continue where an earlier list ended.") var after: String?
    @Flag(help: "Print the answer as JSON.") var json = false

    enum State: String, ExpressibleByArgument, CaseIterable {
        case waiting, reading, matched, differs, unreadable, failed, held
    }

    func run() async throws {
        let answer = try await gateway.client.get(
            GatewayClient.path(ofSlips: [("state", state?.rawValue), ("limit", "\(limit)"), ("after", after)]))
        guard answer.status == 200 else { throw CommandExit(answer, about: "slips") }
        let page = try SlipPage(json: answer.json())
        Terminal.print(json ? page.json.text : SlipPageText(page: page).text())
    }
}
