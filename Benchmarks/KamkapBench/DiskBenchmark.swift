import Foundation

/// What a million settled sales on disk cost: a start, the acknowledgement of a sale, and finding one.
struct DiskBenchmark {
    private static let sales = 1_000_000
    private static let rounds = 10
    private static let salesARound = 200
    private static let starts = 5

    func run() async throws {
        print("\(Self.sales) settled sales on disk, beside an empty database; Slime not there, printing off")
        let outbox = LargeOutbox(sales: Self.sales)
        let large = try outbox.path()
        try await starts(large)
        try await acknowledgements(large)
        try await searches(large, in: outbox)
    }

    private func searches(_ large: String, in outbox: LargeOutbox) async throws {
        let paper = try BenchFolder()
        let gateway = try GatewayUnderTest(database: large, endpoint: try nowhere(), paper: paper)
        defer { gateway.stop() }
        try await gateway.untilReady()
        try SearchBenchmark(outbox: outbox).run(on: gateway.socket)
    }

    private func starts(_ large: String) async throws {
        var (empty, full): ([Double], [Double]) = ([], [])
        var idle: (empty: Double, full: Double) = (.nan, .nan)
        for _ in 0..<Self.starts {
            for database in [nil, large] {
                let paper = try BenchFolder()
                let begun = ContinuousClock.now
                let gateway = try GatewayUnderTest(database: database, endpoint: try nowhere(), paper: paper)
                try await gateway.untilReady()
                let time = (ContinuousClock.now - begun).inMilliseconds
                let memory = gateway.vitals.memory.resident
                if database == nil {
                    empty.append(time)
                    idle.empty = memory
                } else {
                    full.append(time)
                    idle.full = memory
                }
                gateway.stop()
            }
        }
        Goal.atMost(100).report("start to ready, empty", empty, unit: "ms", digits: 0)
        Goal.atMost(100).report("start to ready, a million", full, unit: "ms", digits: 0)
        Line.print("memory, idle", String(format: "empty %.0f MB, a million %.0f MB", idle.empty, idle.full))
    }

    private func acknowledgements(_ large: String) async throws {
        let paper = try BenchFolder()
        let gateways = try [nil, large].map { database in
            try GatewayUnderTest(database: database, endpoint: try nowhere(), paper: paper)
        }
        defer { for gateway in gateways { gateway.stop() } }
        var times: [[Double]] = [[], []]
        for gateway in gateways { try await gateway.untilReady() }
        for round in 0...Self.rounds {
            for (index, gateway) in gateways.enumerated() {
                let load = TillLoad(
                    socket: gateway.socket, tills: 1, first: Self.sales + round * Self.salesARound,
                    sales: Self.salesARound, seconds: 60)
                let milliseconds = try await load.run().milliseconds
                // The first round fills caches and statements.
                if round > 0 { times[index].append(contentsOf: milliseconds) }
            }
        }
        let (empty, full) = (Distribution(times[0]), Distribution(times[1]))
        Line.print("posted to 201, empty", "\(empty)")
        Line.print("posted to 201, a million", "\(full)")
        Goal.atMost(1.2).report(
            "a million to empty, p50", [full.percentile(0.5) / empty.percentile(0.5)], unit: "times")
    }

    private func nowhere() throws -> String { ProviderUnderTest.slime.endpoint(port: try ProviderProcess.freePort()) }
}
