import ArgumentParser
import Foundation
import GatewayAPI
import JSON

struct Sales: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List sales, newest first, or follow what happens.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Only sales whose registration is in this state.") var registration: State?
    @Option(help: "Only sales with this number on their papers.") var number: String?
    @Option(help: "Only sales of this till, by its terminal_id.") var terminal: String?
    @Option(help: "Only sales issued on this day or later, as their papers say, in the common era: 2026-11-20.")
    var from: String?
    @Option(help: "Only sales issued on this day or earlier.") var to: String?
    @Option(help: "How many to list at most (1 to 500).") var limit = 20
    @Option(help: "Continue where an earlier list ended.") var after: String?
    @Flag(help: "Print the answer as JSON.") var json = false
    @Flag(help: "Print what happens from now on, one event a line, until interrupted or nobody reads it any more.")
    var watch = false
    @Flag(name: .customLong("show-url"), help: "Print the service_url.") var showURL = false

    enum State: String, ExpressibleByArgument, CaseIterable {
        case pending, ready, held, rejected
    }

    func validate() throws {
        let hasFilter = registration != nil || [number, terminal, from, to, after].contains { $0 != nil }
        if watch, hasFilter || showURL {
            throw ValidationError(
                "--watch shows every event and no link: it takes no filter, no --after and no --show-url")
        }
    }

    func run() async throws {
        if watch { return try await follow() }
        let text = SalePageText(page: try await page(), showsURL: showURL)
        Terminal.print(json ? text.json.text : text.text())
    }

    /// As many sales as were asked for: a page of the gateway may hold fewer, and the list goes on.
    private func page() async throws -> SalePage {
        var page = SalePage(sales: [], next: after)
        repeat {
            let answer = try await gateway.client.get(
                GatewayClient.path(ofSales: [
                    "limit": "\(limit - page.sales.count)", "registration": registration?.rawValue, "number": number,
                    "terminal": terminal, "from": from, "to": to, "after": page.next,
                ]))
            guard answer.status == 200 else { throw CommandExit(answer, about: "sales") }
            let part = try SalePage(json: answer.json())
            page = SalePage(sales: page.sales + part.sales, next: part.next)
        } while page.next != nil && page.sales.count < limit
        return page
    }

    /// It reconnects to a gateway that restarts, for as long as somebody reads.
    private func follow() async throws {
        let (client, json) = (gateway.client, json)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Self.follow(client, json: json) }
            group.addTask {
                while !Terminal.isOutputLost, !Terminal.isReaderGone { try await Task.sleep(for: .seconds(1)) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static func follow(_ client: GatewayClient, json: Bool) async throws {
        var hasBegun = false
        var last: [String: String] = [:]
        while true {
            do {
                try await client.follow { event in
                    hasBegun = true
                    let text = EventText(event: event)
                    if json { return Terminal.print(text.json.text) }
                    // A printer reports more than is shown here.
                    guard
                        event.name != "printer"
                            || last.updateValue(text.sentence, forKey: text.subject) != text.sentence
                    else { return }
                    Terminal.print(text.text())
                }
                Terminal.error("the gateway ended the stream; waiting for it to come back")
            } catch let exit as CommandExit where !hasBegun || exit.code != .unavailable {
                throw exit
            } catch {
                // Not back yet.
            }
            try await Task.sleep(for: .seconds(1))
        }
    }
}
