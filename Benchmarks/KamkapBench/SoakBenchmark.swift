import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Simulators

/// How a crowd on the network slows a till on the gateway's own machine: 64 busy tills and 1,000 silent connections,
/// for ten minutes.
struct SoakBenchmark {
    private static let busy = 64
    private static let idle = 1_000
    private static let quiet: Duration = .seconds(60)
    private static let crowded: Duration = .seconds(600)
    /// Between two sales of a busy till: a queue at every one of them.
    private static let pause: Duration = .milliseconds(500)
    /// The measurement: ten sales a second of a till on the Unix socket.
    private static let beat: Duration = .milliseconds(100)

    func run() async throws {
        print("soak: \(Self.busy) busy tills and \(Self.idle) silent connections on the network, ten minutes")
        // For both ends of every connection, here and in the gateway.
        try OpenFileLimit.raise(to: 4_096)
        let slime = SlimeSimulator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slime.run() }
            defer { group.cancelAll() }
            let port = try ProviderProcess.freePort()
            let folder = try BenchFolder()
            let gateway = try GatewayUnderTest(endpoint: try await slime.endpoint(), paper: folder, network: port)
            defer { gateway.stop() }
            try await gateway.untilReady()
            var probe = try Probe(socket: gateway.socket)
            _ = try await probe.run(for: .seconds(5), every: Self.beat)
            let before = try await probe.run(for: Self.quiet, every: Self.beat)
            let memoryBefore = gateway.vitals.memory.resident
            Line.print("alone, 1 min", "\(Distribution(before))")
            let crowd = Crowd(port: port, pause: Self.pause)
            group.addTask { try await crowd.sell(tills: Self.busy) }
            group.addTask { try await crowd.sitSilent(connections: Self.idle) }
            var during: [Double] = []
            let rounds = 5
            for round in 1...rounds {
                let part = try await probe.run(for: Self.crowded / rounds, every: Self.beat)
                Line.print("crowded, to \(round * 10 / rounds) min", "\(Distribution(part))")
                during += part
            }
            Line.print("crowded, all", "\(Distribution(during))")
            Line.print("sales of the crowd", "\(await crowd.sold) (\(await crowd.refused) refused)")
            Line.print(
                "resident",
                String(format: "%.0f MB alone, %.0f MB at the end", memoryBefore, gateway.vitals.memory.resident))
            let ratio = Distribution(during).percentile(0.5) / Distribution(before).percentile(0.5)
            Line.print("p50, crowded to alone", String(format: "%.2f", ratio))
        }
    }

    /// A till that sells at a steady pace.
    private struct Probe {
        private let connection: RawConnection
        private var number = 0

        init(socket: String) throws { connection = try RawConnection(socket: socket) }

        /// Milliseconds of each sale's answer.
        mutating func run(for time: Duration, every beat: Duration) async throws -> [Double] {
            var latencies: [Double] = []
            var next = ContinuousClock.now
            let end = next + time
            while next < end {
                try await Task.sleep(until: next, clock: .continuous)
                let body = SampleSale.event(900_000_000 + number, terminal: "PROBE", prints: false)
                number += 1
                let begun = ContinuousClock.now
                try connection.send(
                    Array(
                        "POST /v1/sales HTTP/1.1\r\nHost: pos\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                            .utf8))
                var answer = RawAnswer()
                var status: Int?
                while status == nil {
                    try answer.read(from: connection)
                    status = answer.take()
                }
                guard status == 201 else { throw BenchmarkError("the probe's sale was answered \(status ?? 0)") }
                latencies.append((ContinuousClock.now - begun).inMilliseconds)
                next += beat
            }
            return latencies
        }
    }
}

/// The others on the network.
private actor Crowd {
    private let port: Int
    private let pause: Duration
    private(set) var sold = 0
    private(set) var refused = 0

    init(port: Int, pause: Duration) {
        self.port = port
        self.pause = pause
    }

    func sell(tills: Int) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = tills
        try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            try await withThrowingDiscardingTaskGroup { group in
                for till in 0..<tills {
                    group.addTask {
                        for number in 0... {
                            try await Task.sleep(for: self.pause * Double.random(in: 0.5..<1.5))
                            try await self.sell(till * 1_000_000 + number, till: till, over: http)
                        }
                    }
                }
            }
        }
    }

    private func sell(_ number: Int, till: Int, over http: HTTPClient) async throws {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v1/sales")
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "Authorization": "Bearer \(GatewayUnderTest.token)"]
        request.body = .bytes(ByteBuffer(string: SampleSale.event(number, terminal: "T\(till)", prints: false)))
        let response = try await http.execute(request, timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 1 << 20)
        if response.status == .created { sold += 1 } else { refused += 1 }
    }

    /// Silent connections; each that is closed comes back.
    nonisolated func sitSilent(connections: Int) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<connections {
                group.addTask {
                    while !Task.isCancelled {
                        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                            .connect(host: "127.0.0.1", port: self.port).get()
                        try await withTaskCancellationHandler {
                            try await channel.closeFuture.get()
                        } onCancel: {
                            channel.close(promise: nil)
                        }
                    }
                }
            }
        }
    }
}

private enum OpenFileLimit {
    static func raise(to count: UInt) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur < count else { return }
        limit.rlim_cur = min(count, limit.rlim_max)
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur >= count else {
            throw BenchmarkError("this needs \(count) open files; ulimit -Hn gives \(limit.rlim_max)")
        }
    }
}
