import ArgumentParser
import GatewayAPI
import JSON

struct SlipShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one payment slip.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The slip's id.") var id: String
    @Flag(help: "Print it as JSON.") var json = false

    func run() async throws {
        try SlipText.tell(try await gateway.client.get(GatewayClient.path(ofSlip: id)), id: id, json: json)
    }
}

struct SlipRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Have a payment slip read again that is unreadable, failed or held.",
        discussion: "The service charges for it again.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The slip's id.") var id: String
    @Flag(help: "Print it as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.post(GatewayClient.path(ofSlip: id, "/retry"), [])
        try SlipText.tell(answer, id: id, json: json)
    }
}

struct SlipRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove the picture of a payment slip. What was read of it stays.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The slip's id.") var id: String
    @Flag(help: "Print it as JSON.") var json = false

    func run() async throws {
        try SlipText.tell(try await gateway.client.delete(GatewayClient.path(ofSlip: id)), id: id, json: json)
    }
}
