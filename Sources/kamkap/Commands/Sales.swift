import ArgumentParser
import Foundation
import TillAPI

struct Sales: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List sales, newest first.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Only those whose registration is so.") var registration: State?
    @Option(help: "At most so many (1 to 500).") var limit = 20
    @Option(help: "Go on where an earlier list ended.") var after: String?
    @Flag(help: "Print the answer as JSON.") var json = false
    @Flag(name: .customLong("show-url"), help: "Print the service_url.") var showURL = false

    enum State: String, ExpressibleByArgument, CaseIterable {
        case pending, ready, held, rejected
    }

    func run() async throws {
        var query = ["limit=\(limit)"]
        if let registration { query.append("registration=\(registration.rawValue)") }
        if let after { query.append("after=\(after)") }
        let answer = try await gateway.client.get("/v1/sales?" + query.joined(separator: "&"))
        guard answer.status == 200 else { throw CommandExit(answer, about: "sales") }
        let page = try SalePage(json: answer.json())
        if json {
            Terminal.print(
                SalePageText(page: page, showsURL: showURL).json.line)
        } else {
            Terminal.print(SalePageText(page: page, showsURL: showURL).text())
        }
    }
}
