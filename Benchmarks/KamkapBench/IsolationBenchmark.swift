import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Raster
import Simulators

/// What a sale pays for payment slips: the acknowledgement and the paper of a gateway that takes them, whatever their reader is
/// like, beside those of a gateway that takes none. Both are asked in turn, sale by sale.
struct IsolationBenchmark {
    private static let sales = 200
    private static let printers = 24
    private static let slips = 60

    /// How the reader of slips is.
    private enum Reader: String, CaseIterable {
        case well, dead, slow, lying, unpaid

        var title: String {
            switch self {
            case .well: "well"
            case .dead: "dead: every connection ends without an answer"
            case .slow: "slow: each answer after a minute"
            case .lying: "lying: a web page for each answer"
            case .unpaid: "out of credits"
            }
        }

        var fault: ScanlyIQSimulator.Fault.Kind? {
            switch self {
            case .well, .unpaid: nil
            case .dead: .loseAnswerBeforeActing
            case .slow: .slow(.seconds(60))
            case .lying: .garbage
            }
        }
    }

    func run() async throws {
        for reader in Reader.allCases {
            print(
                "a sale beside \(Self.slips) waiting slips: \(Self.sales) sales each, their reader is \(reader.title)")
            try await ProviderUnderTest.slime.run { endpoint in
                try await PrintersUnderTest.run(2 * Self.printers) { printers in
                    try await compare(reader, endpoint, printers)
                }
            }
        }
    }

    private func compare(_ reader: Reader, _ endpoint: String, _ printers: PrintersUnderTest) async throws {
        var account = ScanlyIQSimulator.Configuration()
        account.credits = reader == .unpaid ? 0 : 1_000_000
        let (key, simulator) = (account.key, ScanlyIQSimulator(configuration: account))
        let keyFile = try BenchFolder()
        let file = keyFile.url.appendingPathComponent("key")
        try Data(key.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let table = """
                [slips]
                endpoint = "\(try await simulator.endpoint())"
                key_file = "\(file.path)"
                """
            if let fault = reader.fault { await simulator.inject(.init(fault)) }
            let entries = try await printers.entries()
            // The terminals of both are the same: each has the half of the printers.
            let plain = try GatewayUnderTest(endpoint: endpoint, printers: Self.renamed(entries.prefix(Self.printers)))
            defer { plain.stop() }
            let reading = try GatewayUnderTest(
                endpoint: endpoint, printers: Self.renamed(entries.suffix(Self.printers)), extra: table)
            defer { reading.stop() }
            let sides = [
                Journey(socket: plain.socket, printers: Array(printers.all.prefix(Self.printers))),
                Journey(socket: reading.socket, printers: Array(printers.all.suffix(Self.printers))),
            ]
            for gateway in [plain, reading] { try await gateway.untilReady() }
            for number in 0..<Self.printers {
                for (side, journey) in sides.enumerated() { _ = try await journey.toPaper(number + side * 100_000) }
            }
            try await handIn(Self.slips, at: reading.socket)
            var (answers, papers): ([[Double]], [[Double]]) = ([[], []], [[], []])
            for number in 0..<Self.sales {
                for (side, journey) in sides.enumerated() {
                    papers[side].append(try await journey.toPaper(1_000 + number + side * 100_000).confirmed)
                    answers[side].append(try await journey.toAnswer(10_000 + number + side * 100_000))
                }
            }
            for (name, samples) in [("posted to 201", answers), ("posted to confirmed", papers)] {
                Line.print("\(name), without slips", "\(Distribution(samples[0]))")
                Line.print("\(name), with slips", "\(Distribution(samples[1]))")
                Goal.atMost(1.1).report(
                    "\(name), ratio of p50",
                    [Distribution(samples[1]).percentile(0.5) / Distribution(samples[0]).percentile(0.5)],
                    unit: "times")
            }
        }
    }

    private static func renamed(
        _ entries: some Collection<GatewayUnderTest.PrinterEntry>
    ) -> [GatewayUnderTest.PrinterEntry] {
        entries.enumerated().map { index, entry in
            .init(name: "p\(index)", device: entry.device, terminals: ["T\(index)"])
        }
    }

    /// None of them has a sale.
    private func handIn(_ count: Int, at socket: String) async throws {
        for number in 1...count {
            var bitmap = Bitmap(width: 16, height: 16)
            for bit in 0..<16 { bitmap[bit, 0] = number >> bit & 1 == 1 }
            guard let url = URL(httpURLWithSocketPath: socket, uri: "/v1/slips?amount=\(number).25") else {
                throw BenchmarkError("no socket path")
            }
            var request = HTTPClientRequest(url: url.absoluteString)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "image/png")
            request.body = .bytes(ByteBuffer(bytes: try bitmap.png()))
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            _ = try await response.body.collect(upTo: 1 << 20)
            guard response.status == .accepted else {
                throw BenchmarkError("the gateway answered \(response.status.code) to slip \(number)")
            }
        }
    }
}
