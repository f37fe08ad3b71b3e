import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators

/// The whole way of a sale: a till posts it, the gateway registers it, and the last byte reaches the printer.
struct JourneyBenchmark {
    /// Enough printers that none is asked again within the pause that a printer needs between two connections.
    private static let printers = 24

    let sales: Int

    func run() async throws -> String {
        let folder = URL(fileURLWithPath: "/tmp/kb-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let account = SlimeSimulator.Configuration()
        let slime = SlimeSimulator(configuration: account)
        let printers = (0..<Self.printers).map { _ in VirtualPrinter() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slime.run() }
            for printer in printers { group.addTask { try await printer.run() } }
            defer { group.cancelAll() }
            let configuration = try await configuration(slime: slime, account: account, printers: printers, in: folder)
            let gateway = try start(configuration)
            defer { gateway.terminate() }
            let socket = folder.appendingPathComponent("pos.sock").path
            try await untilReady(socket)
            // The first rounds fill the caches of both sides.
            _ = try await measure(1...Self.printers, socket: socket, printers: printers)
            let samples = try await measure(
                (Self.printers + 1)...(Self.printers + sales), socket: socket, printers: printers)
            return "  posted to 201          \(Distribution(samples.map(\.acknowledged)))\n"
                + "  posted to last byte    \(Distribution(samples.map(\.printed)))"
        }
    }

    private func measure(
        _ numbers: ClosedRange<Int>, socket: String, printers: [VirtualPrinter]
    ) async throws -> [(acknowledged: Double, printed: Double)] {
        var samples: [(acknowledged: Double, printed: Double)] = []
        for number in numbers {
            let printer = printers[number % printers.count]
            let papers = await printer.papers().count
            let begun = ContinuousClock.now
            try await post(number, to: socket)
            let acknowledged = ContinuousClock.now
            // A cut is the last thing that a paper's bytes say.
            _ = try await printer.paper(atLeast: papers + 1, within: .seconds(20))
            samples.append(((acknowledged - begun).inMilliseconds, (ContinuousClock.now - begun).inMilliseconds))
        }
        return samples
    }

    private func post(_ number: Int, to socket: String) async throws {
        let sale = """
            {"transaction_id":"BENCH-\(number)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true},
            {"name":"ไข่ต้ม","unit_price":"6","quantity":"10","vatable":true},
            {"name":"ข้าวสาร","unit_price":"220","quantity":"1","vatable":false}]},
            "terminal_id":"T\(number % Self.printers)"}
            """
        let answer = try await request(.POST, "/v1/sales", sale, socket: socket)
        guard answer == 201 else { throw BenchmarkError("the gateway answered \(answer) to sale \(number)") }
    }

    private func request(_ method: HTTPMethod, _ path: String, _ body: String?, socket: String) async throws -> UInt {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw BenchmarkError("no socket path") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 20)
        return response.status.code
    }

    private func configuration(
        slime: SlimeSimulator, account: SlimeSimulator.Configuration, printers: [VirtualPrinter], in folder: URL
    ) async throws -> URL {
        try Data(account.secret.utf8).write(to: folder.appendingPathComponent("secret"))
        var text = """
            [store]
            name = "ร้านตัวอย่าง"
            tax_id = "0105561000003"
            branch_id = "00000"
            [slime]
            endpoint = "\(try await slime.endpoint())"
            key_id = "\(account.keyID)"
            secret_file = "secret"
            [intake]
            socket = "pos.sock"
            [outbox]
            database = "outbox.sqlite"

            """
        for (index, printer) in printers.enumerated() {
            let address = try await printer.address()
            text += """
                [[printers]]
                name = "p\(index)"
                device = "tcp://\(address.host):\(address.port)"
                terminals = ["T\(index)"]

                """
        }
        let file = folder.appendingPathComponent("kamkap.toml")
        try Data(text.utf8).write(to: file)
        return file
    }

    /// The program beside this one: both are built in the same configuration.
    private func start(_ configuration: URL) throws -> Process {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let process = Process()
        process.executableURL = folder.appendingPathComponent("kamkap")
        process.arguments = ["serve", "--config", configuration.path, "--log-level", "warning"]
        try process.run()
        return process
    }

    private func untilReady(_ socket: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: socket) {
            guard ContinuousClock.now < deadline else { throw BenchmarkError("the gateway did not start within 20 s") }
            try await Task.sleep(for: .milliseconds(20))
        }
        guard try await request(.GET, "/readyz", nil, socket: socket) == 200 else {
            throw BenchmarkError("the gateway is not ready")
        }
    }
}
