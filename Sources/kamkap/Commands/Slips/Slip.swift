import ArgumentParser
import Foundation
import GatewayAPI
import JSON
import Sales
import Slips

struct Slip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hand a payment slip to the gateway, which has it read and compares it.",
        discussion: """
            FILE is a picture, JPEG, PNG or WebP. With --wait the command ends with 0 if the slip agrees with the amount, with 1 \
            if it differs or cannot be read, and with 69 if it is not read yet. A slip that agrees does not confirm that money \
            arrived.
            """)

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The picture; - is standard input.") var file: String
    @Option(help: "The transaction_id of its sale. Together with --amount the sale may come later.") var sale: String?
    @Option(help: "What the customer was asked to pay, such as 120.00, if the sale is not there yet.") var amount:
        String?
    @Option(help: "With --amount: the till, by its terminal_id.") var terminal: String?
    @Flag(help: "Wait until it is checked.") var wait = false
    @Option(help: "With --wait: how long at most, up to 60s. Default: 15s.") var timeout: String?
    @Flag(help: "Print it as JSON.") var json = false

    func validate() throws {
        guard sale != nil || amount != nil else {
            throw ValidationError("Name the sale with --sale, or what was to be paid with --amount.")
        }
        guard terminal == nil || amount != nil else { throw ValidationError("--terminal goes with --amount") }
        guard timeout == nil || wait else { throw ValidationError("--timeout goes with --wait") }
    }

    func run() async throws {
        let name = file == "-" ? "standard input" : file
        let bytes = try Submit.read(file)
        // The gateway says what is wrong with anything else.
        let media = SlipMedia(beginning: bytes) ?? .jpeg
        let answer = try await gateway.client.post(path, bytes, type: media.rawValue)
        guard answer.status == 200 || answer.status == 202 else { throw CommandExit(answer, about: name) }
        let slip = try SlipResource(json: answer.json())
        Terminal.print(json ? slip.json.text : SlipText(slip: slip).text())
        if wait { try Self.leave(after: slip) }
    }

    private var path: String {
        let waiting: [(String, String?)] = [("wait", wait ? "checked" : nil), ("timeout", timeout)]
        guard let amount else { return GatewayClient.path(of: sale ?? "", slips: waiting) }
        return GatewayClient.path(ofSlips: [("amount", amount), ("sale", sale), ("terminal_id", terminal)] + waiting)
    }

    private static func leave(after slip: SlipResource) throws {
        switch slip.state {
        case "matched": return
        case "waiting", "reading", "held":
            throw CommandExit(
                .unavailable,
                "\(slip.id): it is not read yet; Kamkap goes on by itself, see: kamkap slips show \(slip.id)")
        default: throw CommandExit(.needsAHand, "")
        }
    }
}
