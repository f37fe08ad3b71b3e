import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators

/// Thousands of documents are followed and archived while tills sell: a customer must not notice. Each turn measures the
/// same tills without documents and with them.
struct DocumentsBenchmark {
    private static let turns = 3
    private static let sales = 1_000
    private static let tills = 4
    private static let documents = 3_400

    private struct Turn {
        var alone: [Double]
        var beside: [Double]
        /// Documents a second once nobody sells, and milliseconds of the gateway's processor time for each.
        var rate: Double
        var processor: Double
    }

    func run() async throws {
        print(
            "documents: \(Self.documents) at a time, a PDF of 107 kB and an XML of 13 kB each, beside \(Self.tills) tills that wait for links"
        )
        let slime = SlimeSimulator()
        var rules = await slime.currentDocumentRules
        (rules.delay, rules.pdfSize, rules.xmlSize) = (nil, 107_229, 12_942)
        try await slime.setDocumentRules(rules)
        let turns = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slime.run() }
            defer { group.cancelAll() }
            let gateway = try GatewayUnderTest(
                endpoint: try await slime.endpoint(), paper: BenchFolder(),
                extra: "[documents]\npoll = \"10s\"\narchive = \"documents\"")
            defer { gateway.stop() }
            try await gateway.untilReady()
            // The first ones fill the caches of both sides.
            _ = try await sell(at: gateway, from: 0)
            var turns: [Turn] = []
            for number in 1...Self.turns { turns.append(try await turn(number, gateway, slime)) }
            return turns
        }
        func all(_ times: (Turn) -> [Double]) -> Distribution { Distribution(turns.flatMap(times)) }
        Line.print("posted to link, no documents", "\(all(\.alone))")
        Line.print("posted to link, beside them", "\(all(\.beside))")
        Goal.atMost(1.1).report(
            "p99, beside to without",
            turns.map { Distribution($0.beside).percentile(0.99) / Distribution($0.alone).percentile(0.99) },
            unit: "times")
        Line.print(
            "archived when nobody sells",
            String(
                format: "%7.0f a second   CPU of one %4.1f ms", Distribution(turns.map(\.rate)).percentile(0.5),
                Distribution(turns.map(\.processor)).percentile(0.5)))
    }

    private func turn(_ number: Int, _ gateway: GatewayUnderTest, _ slime: SlimeSimulator) async throws -> Turn {
        let alone = try await sell(at: gateway, from: 2 * number * Self.sales)
        let before = try figure("known", of: gateway)
        for index in 0..<Self.documents {
            try await slime.customerMakesDocument(of: SampleSale.id(index % Self.sales))
        }
        await slime.finishDocuments()
        while try figure("known", of: gateway) == before { try await Task.sleep(for: .milliseconds(50)) }
        let beside = try await sell(at: gateway, from: (2 * number + 1) * Self.sales)
        let end = number * Self.documents
        let left = try end - figure("archived", of: gateway)
        let (processor, begun) = (gateway.vitals.processor, ContinuousClock.now)
        guard left > 0 else { throw BenchmarkError("all documents were archived before the tills were done") }
        // Seldom: the answer costs the gateway some milliseconds.
        while try figure("archived", of: gateway) < end { try await Task.sleep(for: .milliseconds(200)) }
        return Turn(
            alone: alone, beside: beside, rate: Double(left) / ((ContinuousClock.now - begun) / .seconds(1)),
            processor: (gateway.vitals.processor - processor) / Double(left))
    }

    /// How many documents the gateway knows, or has archived.
    private func figure(_ state: String, of gateway: GatewayUnderTest) throws -> Int {
        let answer = try RawConnection(socket: gateway.socket).get("/metrics")
        let line = String(decoding: answer.body, as: UTF8.self).split(separator: "\n").first {
            $0.hasPrefix(#"kamkap_documents_total{state="\#(state)"}"#)
        }
        guard let line, let count = Int(line.split(separator: " ")[1]) else {
            throw BenchmarkError("the metrics say nothing of documents")
        }
        return count
    }

    /// Milliseconds from each sale to its link. Each till posts one sale after the other.
    private func sell(at gateway: GatewayUnderTest, from first: Int) async throws -> [Double] {
        let socket = gateway.socket
        return try await withThrowingTaskGroup(of: [Double].self) { group in
            for till in 0..<Self.tills {
                group.addTask {
                    var times: [Double] = []
                    for number in stride(from: first + till, to: first + Self.sales, by: Self.tills) {
                        let begun = ContinuousClock.now
                        try await Self.post(number, till: till, to: socket)
                        times.append((ContinuousClock.now - begun).inMilliseconds)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func post(_ number: Int, till: Int, to socket: String) async throws {
        guard let url = URL(httpURLWithSocketPath: socket, uri: "/v1/sales?wait=registered") else {
            throw BenchmarkError("no socket path")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: SampleSale.event(number, terminal: "T\(till)", prints: false)))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .created, String(buffer: body).contains(#""state":"ready""#) else {
            throw BenchmarkError("sale \(number) was not registered: \(response.status.code)")
        }
    }
}
