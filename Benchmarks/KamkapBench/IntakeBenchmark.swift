import Foundation

/// Sales a second that are safely on disk, from 64 tills at once, compared with what the disk and the HTTP server
/// allow.
///
/// Slime is down: this measures the intake of sales, not their registration.
struct IntakeBenchmark {
    private static let tills = 64
    /// Each in turn, so all meet the same machine.
    private static let turns = 3
    private static let seconds = 4.0

    private struct Served {
        var load: TillLoad.Result
        /// Milliseconds of processor time that the server took.
        var processor: Double

        /// Milliseconds of processor time for one sale.
        var cost: Double { processor / Double(load.sales) }
    }

    func run() async throws {
        print("sales a second: \(Self.tills) tills on the Unix socket, one sale at a time each, Slime not there")
        var (quiet, named, printing, empty): ([Served], [Served], [Served], [Served]) = ([], [], [], [])
        var commits: [Double] = []
        for _ in 0..<Self.turns {
            quiet.append(try await gateway(printing: false))
            named.append(try await gateway(printing: false, hasBuyer: true))
            commits.append(try SQLiteAnchor(folder: BenchFolder()).run(seconds: Self.seconds))
            printing.append(try await gateway(printing: true))
            empty.append(try await emptyServer())
        }
        report("Kamkap, \"print\": false", quiet)
        report("Kamkap, each with a buyer", named)
        report("Kamkap, printing", printing)
        report("Hummingbird, empty handler", empty)
        let rows = Distribution(commits).percentile(0.5)
        Line.print("SQLite, one row a commit", String(format: "%7.0f a second (median of %d)", rows, commits.count))
        Goal.atLeast(3).report(
            "to one-row commits", zip(quiet, commits).map { $0.load.rate / $1 }, unit: "times")
        Goal.atLeast(0.3).report(
            "to the empty handler", zip(quiet, empty).map { $0.load.rate / $1.load.rate }, unit: "times")
        Goal.atMost(1.1).report(
            "a buyer, CPU of the server", zip(named, quiet).map { $0.cost / $1.cost }, unit: "times")
        Line.print("", "the tills share the cores with the server: their part is in what they cost")
    }

    private func gateway(printing: Bool, hasBuyer: Bool = false) async throws -> Served {
        let paper = try BenchFolder()
        let gateway = try GatewayUnderTest(
            endpoint: ProviderUnderTest.slime.endpoint(port: try ProviderProcess.freePort()), paper: paper)
        defer { gateway.stop() }
        try await gateway.untilReady()
        let load = TillLoad(
            socket: gateway.socket, tills: Self.tills, first: 0, sales: 2_000, seconds: 1, prints: printing,
            hasBuyer: hasBuyer)
        return try await served(load, by: gateway.vitals)
    }

    private func emptyServer() async throws -> Served {
        let folder = try BenchFolder()
        let server = try ChildProcess(EmptyServer.argument, folder.socket)
        defer { server.end() }
        guard try server.firstWord() == "ready" else { throw BenchmarkError("the empty server did not start") }
        let load = TillLoad(socket: folder.socket, tills: Self.tills, first: 0, sales: 2_000, seconds: 1)
        return try await served(load, by: server.vitals)
    }

    private func served(_ load: TillLoad, by server: ProcessVitals) async throws -> Served {
        var load = load
        // The first sales fill caches and statements.
        let warm = try await load.run()
        load.first = warm.sales
        (load.sales, load.seconds) = (.max, Self.seconds)
        let before = server.processor
        let result = try await load.run()
        return Served(load: result, processor: server.processor - before)
    }

    private func report(_ name: String, _ turns: [Served]) {
        let rates = turns.map(\.load.rate)
        let latency = Distribution(turns.flatMap(\.load.milliseconds))
        let sales = Double(turns.reduce(0) { $0 + $1.load.sales })
        let server = turns.reduce(0) { $0 + $1.processor } / sales * 1_000
        let tills = turns.reduce(0) { $0 + $1.load.processor } / sales * 1_000
        Line.print(
            name,
            String(
                format: "%7.0f a second   p50 %5.1f ms  p99 %5.1f ms   CPU of one: server %4.0f µs, tills %3.0f µs",
                Distribution(rates).percentile(0.5), latency.percentile(0.5), latency.percentile(0.99), server, tills))
    }
}
