import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators

/// The whole way of a sale: a till posts it, the gateway registers it, the last byte reaches the printer, and the printer
/// says that the paper is out.
struct JourneyBenchmark {
    /// Enough printers that none is asked again within the pause that a printer needs between two connections.
    private static let printers = 24

    func run() async throws {
        for (delay, sales, limit) in [(0, 500, 10.0), (150, 100, 310.0)] {
            for provider in ProviderUnderTest.allCases {
                print(
                    "sale posted to paper: \(sales) sales one after the other, \(provider.title) at \(delay) ms a call")
                try await provider.run(delay: .milliseconds(delay)) { endpoint in
                    try await run(provider, endpoint, sales: sales, limit: limit)
                }
            }
        }
    }

    /// - Parameter limit: milliseconds that a sale may take until its paper is confirmed.
    private func run(_ provider: ProviderUnderTest, _ endpoint: String, sales: Int, limit: Double) async throws {
        let printers = (0..<Self.printers).map { _ in VirtualPrinter() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for printer in printers { group.addTask { try await printer.run() } }
            defer { group.cancelAll() }
            var entries: [GatewayUnderTest.PrinterEntry] = []
            for (index, printer) in printers.enumerated() {
                let address = try await printer.address()
                entries.append(
                    .init(name: "p\(index)", device: "tcp://\(address.host):\(address.port)", terminals: ["T\(index)"]))
            }
            let gateway = try GatewayUnderTest(provider: provider, endpoint: endpoint, printers: entries)
            defer { gateway.stop() }
            try await gateway.untilReady()
            // The first rounds fill the caches of both sides.
            let journey = Journey(socket: gateway.socket, printers: printers)
            for number in 0..<(2 * Self.printers) { _ = try await journey.toPaper(number) }
            var (acknowledged, printed, confirmed): ([Double], [Double], [Double]) = ([], [], [])
            for number in 0..<sales {
                let paper = try await journey.toPaper(1_000 + number)
                printed.append(paper.printed)
                confirmed.append(paper.confirmed)
            }
            for number in 0..<sales { acknowledged.append(try await journey.toAnswer(10_000 + number)) }
            Line.print("posted to 201", "\(Distribution(acknowledged))")
            Line.print("posted to last byte", "\(Distribution(printed))")
            Line.print("posted to confirmed", "\(Distribution(confirmed))")
            Goal.atMost(limit).report(
                "confirmed, p50", [Distribution(confirmed).percentile(0.5)], unit: "ms", digits: 1)
        }
    }
}

/// One sale after the other, each to the next printer.
private struct Journey {
    let socket: String
    let printers: [VirtualPrinter]

    /// Milliseconds to the 201.
    func toAnswer(_ number: Int) async throws -> Double {
        let printer = printers[number % printers.count]
        let papers = await printer.papers().count
        let begun = ContinuousClock.now
        try await post(number, to: "/v1/sales")
        let time = (ContinuousClock.now - begun).inMilliseconds
        // Its paper must not get in the next one's way.
        _ = try await printer.paper(atLeast: papers + 1, within: .seconds(20))
        return time
    }

    /// Milliseconds to the last byte at the printer, and until the gateway knows of the paper.
    func toPaper(_ number: Int) async throws -> (printed: Double, confirmed: Double) {
        let printer = printers[number % printers.count]
        let papers = await printer.papers().count
        let begun = ContinuousClock.now
        // The cut is the last command of a paper.
        async let cut = printer.paper(atLeast: papers + 1, within: .seconds(20))
        async let answer: Void = post(number, to: "/v1/sales?wait=printed")
        _ = try await cut
        let printed = ContinuousClock.now - begun
        try await answer
        return (printed.inMilliseconds, (ContinuousClock.now - begun).inMilliseconds)
    }

    private func post(_ number: Int, to path: String) async throws {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw BenchmarkError("no socket path") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(
            ByteBuffer(string: SampleSale.event(number, terminal: "T\(number % printers.count)")))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .created else {
            throw BenchmarkError("the gateway answered \(response.status.code) to sale \(number)")
        }
    }
}
