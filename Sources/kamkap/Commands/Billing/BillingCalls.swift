import ArgumentParser
import GatewayAPI
import JSON

struct BillingCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "List what was asked of the provider, and how each call ended.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: "How many at most, newest first.") var limit = 50
    @Flag(help: "Print them as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.get(GatewayClient.path(ofBilling: ["calls"], [("limit", "\(limit)")]))
        guard answer.status == 200 else { throw CommandExit(answer, about: "calls") }
        let list = try BillingCallList(json: answer.json())
        Terminal.print(json ? list.json.text : BillingText.calls(list))
    }
}
