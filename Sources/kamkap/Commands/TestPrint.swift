import ArgumentParser
import GatewayAPI
import JSON

struct TestPrint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-print",
        abstract: "Print a test page: ruler, greys, stacked Thai letters, QR sizes; both cuts.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The printer's name.") var printer: String
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.post(GatewayClient.path(ofPrinter: printer, "/test"), [])
        guard answer.status == 200 else { throw CommandExit(answer, about: printer) }
        let resource = try PrinterResource(json: answer.json())
        Terminal.print(json ? resource.json.text : "\(resource.name): the test page is out (\(resource.state))")
    }
}
