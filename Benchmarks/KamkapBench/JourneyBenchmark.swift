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
        try await PrintersUnderTest.run(Self.printers) { printers in
            let entries = try await printers.entries()
            let gateway = try GatewayUnderTest(provider: provider, endpoint: endpoint, printers: entries)
            defer { gateway.stop() }
            try await gateway.untilReady()
            // The first rounds fill the caches of both sides.
            let journey = Journey(socket: gateway.socket, printers: printers.all)
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
