import ArgumentParser
import GatewayAPI
import JSON

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the overall state, and what needs a hand.",
        discussion: "Exits with 0 when all is well, 1 when something needs a hand, 69 when no gateway answers.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: ArgumentHelp("Acknowledge an alarm first, such as prints-failed.", valueName: "code"))
    var acknowledge: String?
    @Option(help: "With --acknowledge: only for this printer.") var printer: String?
    @Flag(help: "Print the answer as JSON.") var json = false

    func validate() throws {
        guard printer == nil || acknowledge != nil else { throw ValidationError("--printer needs --acknowledge") }
    }

    func run() async throws {
        if let acknowledge { try await say(seen: acknowledge) }
        let answer = try await gateway.client.get("/v1/status")
        guard answer.status == 200 else { throw CommandExit(answer, about: "status") }
        let status = try StatusResource(json: answer.json())
        Terminal.print(json ? try answer.json().text : StatusText(status: status, isStyled: Style.isWanted).text())
        if !status.isWell { throw CommandExit(.needsAHand, "") }
    }

    /// Shows an alarm before it acknowledges it: nobody has seen what they were never shown.
    private func say(seen code: String) async throws {
        let shown = try await gateway.client.get("/v1/status")
        guard shown.status == 200 else { throw CommandExit(shown, about: "status") }
        let alarms = try StatusResource(json: shown.json()).alarms
        let body = JSONValue.object(["printer": printer.map { .string($0) } ?? .null])
        let answer = try await gateway.client.post(GatewayClient.path(ofAlarm: code, "/acknowledge"), body.bytes)
        guard answer.status == 200 else { throw CommandExit(answer, about: code) }
        for alarm in alarms where alarm.code == code && (printer == nil || alarm.printer == printer) && !json {
            Terminal.print("seen: \(SaleText.plain(alarm.text))")
        }
    }
}
