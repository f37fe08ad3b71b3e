import ArgumentParser
import Foundation
import GatewayAPI
import JSON

struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hand sales to the gateway.",
        discussion: "Each FILE holds one sale as JSON; - reads one from standard input; a directory gives its *.json.")

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "Files, directories, or -.") var files: [String]
    @Option(help: "Wait until the sale is registered or printed.") var wait: Goal?
    @Flag(help: "Print each sale as one line of JSON.") var json = false
    @Flag(name: .customLong("show-url"), help: "Print the service_url.") var showURL = false

    enum Goal: String, ExpressibleByArgument, CaseIterable {
        case registered, printed
    }

    func run() async throws {
        let sources = try files.flatMap(Self.sources)
        let refusals = try await gateway.client.keepingConnection { client in
            var progress = Progress()
            var refusals = 0
            for (index, source) in sources.enumerated() {
                do {
                    tell(try await submit(source, to: client), isOneOfMany: sources.count > 1)
                } catch let exit as CommandExit where exit.code == .badData && sources.count > 1 {
                    Terminal.error(exit.message)
                    refusals += 1
                }
                progress.update("\(index + 1) of \(sources.count) sales handed in, \(refusals) refused")
            }
            return refusals
        }
        if refusals > 0 {
            throw CommandExit(.badData, "\(refusals) of \(sources.count) sales were refused")
        }
    }

    private func tell(_ sale: SaleResource, isOneOfMany: Bool) {
        if json { return Terminal.print(sale.json(showingURL: showURL).text) }
        let text = SaleText(sale: sale, showsURL: showURL)
        Terminal.print(isOneOfMany ? text.line : text.text())
    }

    private func submit(_ source: String, to client: GatewayClient) async throws -> SaleResource {
        let name = source == "-" ? "standard input" : source
        let query = wait.map { "?wait=\($0.rawValue)" } ?? ""
        let answer = try await client.post("/v1/sales" + query, try Self.read(source))
        guard answer.status == 200 || answer.status == 201 else { throw CommandExit(answer, about: name) }
        return try SaleResource(json: answer.json())
    }

    private static func sources(_ argument: String) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard argument != "-", FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory),
            isDirectory.boolValue
        else { return [argument] }
        let names = try FileManager.default.contentsOfDirectory(atPath: argument)
        return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map { "\(argument)/\($0)" }
    }

    static func read(_ source: String) throws -> [UInt8] {
        let handle = source == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: source)
        guard let handle, let data = try? handle.readToEnd() ?? Data() else {
            throw CommandExit(.badData, "\(source) cannot be read; does it exist, and may this user read it?")
        }
        return Array(data)
    }
}
