import ArgumentParser
import Foundation
import JSON
import Settings

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try everything that the configuration names, one line each.",
        discussion: """
            Tries, as the user who runs it, the configuration and its files, each provider with this account, the clock, every printer and the disk. Where a \
            gateway runs, it is asked about the printers. Exits with 0 when all is well, 78 when the configuration is at \
            fault, 69 when it is a provider, a printer, the disk or the gateway.
            """)

    @OptionGroup var configuration: ConfigurationOptions
    @Option(help: "The running gateway's socket. Default: $KAMKAP_SOCKET, else the configuration's intake.socket.")
    var socket: String?
    @Flag(help: "Print the findings as JSON.") var json = false

    func run() async throws {
        let path = configuration.path
        let settings = try Settings.loadOrExit(path)
        let place = socket ?? Environment.value("KAMKAP_SOCKET") ?? settings.intake.socket
        let first = Finding.well("configuration", path)
        if !json { Terminal.print(first.line(styled: Style.isWanted)) }
        let findings = [first] + (await EnvironmentCheck(settings: settings, socket: place).findings())
        if json {
            Terminal.print(JSONValue.object(["findings": .array(findings.map(\.json))]).text)
        } else {
            for finding in findings.dropFirst() { Terminal.print(finding.line(styled: Style.isWanted)) }
        }
        let faults = findings.filter { !$0.isWell }
        guard faults.isEmpty else {
            throw CommandExit(faults.contains { $0.kind == .configuration } ? .badConfiguration : .unavailable, "")
        }
    }
}
