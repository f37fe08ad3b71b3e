import ArgumentParser
import Foundation
import GatewayAPI
import JSON

struct BillPaid: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paid", abstract: "Confirm that the money for a bill has come.",
        discussion:
            "The bill is read first, and its log is shown after that. Look at your bank account before: this cannot be "
            + "taken back.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The bill's id.") var id: String
    @Option(help: "How much was paid, such as 1000.00.") var amount: String
    @Flag(help: "That amount is not what the bill asks for, and is meant.") var differs = false
    @Option(help: "When, in Thai time, such as \"2026-11-30 13:00:00\". Default: now.") var at: String?
    @Flag(help: "Print what became of it as JSON.") var json = false

    func run() async throws {
        guard case .number(let number)? = try? JSONParser.parse(Array(amount.utf8)) else {
            throw ValidationError("--amount: expected a number such as 1000.00")
        }
        var body: JSONObject = ["date_time": .string(at ?? Self.now), "amount": .number(number)]
        if differs { body["differs"] = .bool(true) }
        let answer = try await gateway.client.post(
            GatewayClient.path(ofBilling: ["bills", id, "paid"]), JSONValue.object(body).bytes)
        try BillingText.print(answer, about: id, json: json)
    }

    private static var now: String {
        let style = Date.ISO8601FormatStyle(
            dateTimeSeparator: .space, includingFractionalSeconds: false,
            timeZone: TimeZone(secondsFromGMT: 7 * 3_600) ?? .gmt
        ).year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        return Date().formatted(style)
    }
}

struct BillDecline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Decline what a customer says: the bill is not paid.",
        discussion: "The bill's status is read first, and its log is shown after that. The customer is told the reason."
    )

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The bill's id.") var id: String
    @Option(help: "Why, for the customer.") var reason: String
    @Flag(help: "Print what became of it as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.post(
            GatewayClient.path(ofBilling: ["bills", id, "decline"]),
            JSONValue.object(["reason": .string(reason)]).bytes)
        try BillingText.print(answer, about: id, json: json)
    }
}

struct BillLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show how a bill came to its status.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The bill's id.") var id: String
    @Flag(help: "Print it as JSON, as the provider has it.") var json = false

    func run() async throws {
        let answer = try await gateway.client.get(GatewayClient.path(ofBilling: ["bills", id, "log"]))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let found = try BillLogResource(json: answer.json())
        Terminal.print(json ? found.json.text : BillingText.log(found.log))
    }
}
