import ArgumentParser
import Foundation
import Host
import Settings

struct Sandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the gateway with a simulated provider and a virtual printer, in one directory.",
        discussion:
            "Every receipt becomes a PNG in DIR/receipts. Nothing leaves the machine, and no paper is a tax invoice.")

    @Option(help: "The directory; made if it is missing.") var directory: String
    @Option(help: "The provider that is simulated: slime or billgate.", transform: Sandbox.provider)
    var provider = ProviderSettings.Service.slime
    @Flag(help: "Also simulate ScanlyIQ, which reads payment slips.") var slips = false
    @Flag(help: "Also simulate a reader of suppliers' invoices, and the object store from which it fetches them.")
    var supplierInvoices = false
    @Option(help: "Also listen for tills on TCP, at ADDR:PORT.") var listen: String?
    @Option(
        name: .customLong("allow-origin"),
        help: "Allow web pages of this origin, \(WebOrigin.rule). May be repeated.")
    var origins: [String] = []
    @Flag(help: "Post sample sales, show the result, and exit.") var demo = false
    @Option(help: "The lowest level to log.") var logLevel: LogLevel = .warning

    func run() async throws {
        StraySignals.ignore()
        let hangUps = await HangUpSignal.trap()
        Logs.bootstrap(level: logLevel.level)
        let address = try listen.map { text in
            guard let address = ListenAddress(text) else {
                throw ValidationError("--listen: expected \(ListenAddress.rule), found \"\(text)\"")
            }
            return address
        }
        for origin in origins {
            guard let fault = WebOrigin.fault(of: origin) else { continue }
            throw ValidationError("--allow-origin: expected \(fault), found \"\(origin)\"")
        }
        let environment = try SandboxEnvironment(
            directory: directory, provider: provider.simulated(), slips: slips ? SandboxSlips() : nil,
            supplierInvoices: supplierInvoices ? SandboxInvoices() : nil)
        try await environment.run(listeningOn: address, origins: origins, isDemo: demo, hangUps: hangUps)
    }

    private static func provider(_ text: String) throws -> ProviderSettings.Service {
        if let service = ProviderSettings.Service(rawValue: text) { return service }
        let accepted = ProviderSettings.Service.allCases.map(\.rawValue).joined(separator: " or ")
        throw ValidationError("expected \(accepted), found \"\(text)\"")
    }
}
