import Foundation

/// What it costs to find sales by what their papers say: each filter of the list, and some of them together, over HTTP.
struct SearchBenchmark {
    private static let requests = 200

    let outbox: LargeOutbox

    func run(on socket: String) throws {
        let connection = try RawConnection(socket: socket)
        var slowest = 0.0
        for (name, query) in queries {
            var times: [Double] = []
            for request in 0...Self.requests {
                // Spread over the years, in no order.
                let path = "/v1/sales?" + query(request * 4_999_999 % outbox.sales + 1)
                let begun = ContinuousClock.now
                let answer = try connection.get(path)
                let time = (ContinuousClock.now - begun).inMilliseconds
                guard answer.status == 200 else { throw BenchmarkError("\(path) was answered \(answer.status)") }
                // The first one prepares statements.
                if request > 0 { times.append(time) }
            }
            let distribution = Distribution(times)
            Line.print(name, "\(distribution)")
            slowest = max(slowest, distribution.percentile(0.99))
        }
        Goal.atMost(5).report("the slowest filter, p99", [slowest], unit: "ms")
    }

    /// Each for a sale that is to be found, pages of 50.
    private var queries: [(name: String, query: (Int) -> String)] {
        let number = { (seq: Int) in "number=\(outbox.number(ofSale: seq))" }
        let terminal = { (seq: Int) in "terminal=\(outbox.terminal(ofSale: seq))" }
        return [
            ("list, no filter", { "after=\($0)" }),
            ("list, registration", { "registration=ready&after=\($0)" }),
            ("list, number", number),
            ("list, no such number", { "number=X\($0)" }),
            ("list, terminal", { terminal($0) + "&after=\($0)" }),
            ("list, no such terminal", { "terminal=X\($0)" }),
            ("list, a day", { days($0, to: 0) }),
            ("list, a month", { days($0, to: 30) }),
            ("list, a year", { days($0, to: 365) }),
            ("list, from a day", { "from=\(day($0, plus: 0))" }),
            ("list, up to a day", { "to=\(day($0, plus: 0))" }),
            ("list, terminal, a day", { terminal($0) + "&" + days($0, to: 0) }),
            ("list, terminal, a year", { terminal($0) + "&" + days($0, to: 365) }),
            ("list, number, terminal", { number($0) + "&" + terminal($0) }),
            ("list, number, a day", { number($0) + "&" + days($0, to: 0) }),
            ("list, all filters", { number($0) + "&" + terminal($0) + "&registration=ready&" + days($0, to: 0) }),
        ]
    }

    private func days(_ seq: Int, to count: Int) -> String {
        "from=\(day(seq, plus: 0))&to=\(day(seq, plus: count))"
    }

    /// A day some days after a sale's, in Thailand.
    private func day(_ seq: Int, plus days: Int) -> String {
        outbox.issued(seq).addingTimeInterval(Double(7 + 24 * days) * 3_600).formatted(.iso8601.year().month().day())
    }
}
