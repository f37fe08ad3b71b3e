import Foundation

/// How long a backlog takes once the provider is back: at Slime beside a bare loop that makes the same calls to the same
/// Slime, and at Billgate beside Slime.
struct BacklogBenchmark {
    private static let sales = 10_000
    private static let turns = 3
    /// Calls in flight: the configuration's default.
    private static let concurrency = 8

    private struct Drain {
        /// Seconds from the provider's return to the first registration: the wait for the next probe.
        var probe: Double
        /// Seconds from there until nothing is owed, the ramp included.
        var drain: Double
        var processor: Double
        var resident: Double
        var peak: Double
        var idle: Double
    }

    func run() async throws {
        print(
            "backlog: \(Self.sales) sales owed, the provider comes back; printing off, \(Self.concurrency) calls in flight"
        )
        var drains: [Drain] = []
        var billgate: [Drain] = []
        var bare: [(rate: Double, processor: Double)] = []
        for _ in 0..<Self.turns {
            drains.append(try await drain(at: .slime))
            billgate.append(try await drain(at: .billgate))
            bare.append(try await bareLoop())
        }
        let sales = Double(Self.sales)
        func median(_ value: (Drain) -> Double) -> Double { Distribution(drains.map(value)).percentile(0.5) }
        Line.print(
            "Kamkap, from the first answer",
            String(
                format: "%7.0f a second   %.1f s   CPU of one %4.0f µs", sales / median(\.drain), median(\.drain),
                median(\.processor) / sales * 1_000))
        let probes = drains.map { String(format: "%.1f s", $0.probe) }
        Line.print("before that, until a probe went", probes.joined(separator: ", "))
        Line.print(
            "AsyncHTTPClient, bare loop",
            String(
                format: "%7.0f a second           CPU of one %4.0f µs", Distribution(bare.map(\.rate)).percentile(0.5),
                Distribution(bare.map(\.processor)).percentile(0.5) / sales * 1_000))
        Goal.atLeast(0.7).report(
            "to the bare loop", zip(drains, bare).map { sales / $0.drain / $1.rate }, unit: "times")
        let other = Distribution(billgate.map(\.drain)).percentile(0.5)
        Line.print(
            "Kamkap, at Billgate",
            String(
                format: "%7.0f a second   %.1f s   CPU of one %4.0f µs   (%d documents there before)", sales / other,
                other,
                Distribution(billgate.map(\.processor)).percentile(0.5) / sales * 1_000,
                ProviderUnderTest.earlierDocuments))
        Line.print(
            "memory",
            String(
                format: "idle %.0f MB, while draining %.0f MB, peak %.0f MB", median(\.idle), median(\.resident),
                median(\.peak)))
    }

    private func drain(at provider: ProviderUnderTest) async throws -> Drain {
        let port = try ProviderProcess.freePort()
        let paper = try BenchFolder()
        let gateway = try GatewayUnderTest(
            provider: provider, endpoint: provider.endpoint(port: port), paper: paper)
        defer { gateway.stop() }
        try await gateway.untilReady()
        let idle = gateway.vitals.memory.resident
        _ = try await TillLoad(socket: gateway.socket, tills: 8, first: 0, sales: Self.sales, seconds: 120).run()
        let simulated = try ProviderProcess(provider, port: port)
        defer { simulated.end() }
        let back = ContinuousClock.now
        try await wait(every: .milliseconds(10), within: .seconds(60)) { try gateway.hasSale(registration: "ready") }
        let first = ContinuousClock.now
        let processor = gateway.vitals.processor
        var resident: [Double] = []
        try await wait(every: .milliseconds(100), within: .seconds(300)) {
            resident.append(gateway.vitals.memory.resident)
            return try !gateway.hasSale(registration: "pending")
        }
        let end = ContinuousClock.now
        return Drain(
            probe: (first - back) / .seconds(1), drain: (end - first) / .seconds(1),
            processor: gateway.vitals.processor - processor, resident: resident.max() ?? .nan,
            peak: gateway.vitals.memory.peak, idle: idle)
    }

    private func bareLoop() async throws -> (rate: Double, processor: Double) {
        let port = try ProviderProcess.freePort()
        let slime = try ProviderProcess(.slime, port: port)
        defer { slime.end() }
        return try await BareSlimeLoop(
            endpoint: ProviderUnderTest.slime.endpoint(port: port), sales: Self.sales, concurrency: Self.concurrency
        ).run()
    }

    private func wait(every pause: Duration, within limit: Duration, until isTrue: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while try !isTrue() {
            guard ContinuousClock.now < deadline else { throw BenchmarkError("not done within \(limit)") }
            try await Task.sleep(for: pause)
        }
    }
}
