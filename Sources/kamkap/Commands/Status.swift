import ArgumentParser
import TillAPI

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether all is well, and what needs a hand.",
        discussion: "Exits with 0 when all is well, 1 when something needs a hand, 69 when no gateway answers.")

    @OptionGroup var gateway: GatewayOptions
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.get("/v1/status")
        guard answer.status == 200 else { throw CommandExit(answer, about: "status") }
        let status = try StatusResource(json: answer.json())
        Terminal.print(json ? try answer.json().line : StatusText(status: status, isStyled: Style.isWanted).text())
        if !status.isWell { throw CommandExit(.needsAHand, "") }
    }
}
