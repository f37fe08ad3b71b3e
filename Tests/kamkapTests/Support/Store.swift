import AsyncHTTPClient
import Foundation
import GatewayAPI
import JSON
import NIOCore
import NIOHTTP1
import Simulators

/// A store for one test: the real program with its configuration file, between a simulated Slime and a virtual printer.
final class Store: Sendable {
    let folder: URL
    let slime: SlimeSimulator
    let printer: VirtualPrinter
    let secret: String

    var socket: String { folder.appendingPathComponent("pos.sock").path }
    var database: String { folder.appendingPathComponent("data/outbox.sqlite").path }
    var spool: URL { folder.appendingPathComponent("spool") }
    var configuration: URL { folder.appendingPathComponent("kamkap.toml") }

    private init(folder: URL, slime: SlimeSimulator, printer: VirtualPrinter, secret: String) {
        self.folder = folder
        self.slime = slime
        self.printer = printer
        self.secret = secret
    }

    /// - Parameter tables: of the configuration, beside those that every store has.
    static func open<Value: Sendable>(
        receipt: String = "", printer: String = "", outbox: String = "", intake: String = "", slime: String = "",
        tables: String = "", _ body: (Store) async throws -> Value
    ) async throws -> Value {
        // Short, because a socket's path may have 107 bytes.
        let folder = URL(fileURLWithPath: "/tmp/kk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var account = SlimeSimulator.Configuration()
        account.secret = "a-secret-that-must-not-be-logged-\(UInt32.random(in: 0 ... .max))"
        let store = Store(
            folder: folder, slime: SlimeSimulator(configuration: account), printer: VirtualPrinter(),
            secret: account.secret)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await store.slime.run() }
            group.addTask { try await store.printer.run() }
            defer { group.cancelAll() }
            try await store.writeConfiguration(
                keyID: account.keyID, receipt: receipt, printer: printer + "\n" + tables, outbox: outbox,
                intake: intake, slime: slime)
            return try await body(store)
        }
    }

    private func writeConfiguration(
        keyID: String, receipt: String, printer extra: String, outbox: String, intake: String, slime keys: String
    ) async throws {
        let address = try await printer.address()
        try Data((secret + "\n").utf8).write(to: folder.appendingPathComponent("secret"))
        let text = """
            [store]
            name = "ร้านทดสอบ"
            tax_id = "0105561000003"
            branch_id = "00000"
            [slime]
            endpoint = "\(try await slime.endpoint())"
            key_id = "\(keyID)"
            secret_file = "secret"
            \(keys)
            [intake]
            socket = "pos.sock"
            spool = "spool"
            \(intake)
            [outbox]
            database = "data/outbox.sqlite"
            \(outbox)
            [receipt]
            \(receipt)
            [[printers]]
            name = "front"
            device = "tcp://\(address.host):\(address.port)"
            \(extra)
            """
        try Data(text.utf8).write(to: configuration)
    }

    /// Runs a command against this store's gateway.
    func command(_ arguments: String..., input: String? = nil) async throws -> Binary.Outcome {
        try await Binary.run(arguments, input: input, environment: ["KAMKAP_SOCKET": socket])
    }

    /// The sale of the provider's API page.
    static func sale(_ id: String = "TEST-ES-0002", corn: String = "\"8\"") -> String {
        """
        {"transaction_id":"\(id)","document":{"issued_at":"2023-11-30T17:00:00Z","line_items":[
        {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":\(corn),"vatable":true},
        {"name":"ไข่ต้ม","unit_price":"6","quantity":"10","vatable":true},
        {"name":"ข้าวสาร","unit_price":"220","quantity":"1","vatable":false}]},
        "customization":{"theme":{"id":"retail-hatsu","color":"#cd0c2b"},"vat_included":false,"vat_rate":"0.07"}}
        """
    }

    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        func sale() throws -> SaleResource { try SaleResource(json: try JSONParser.parse(body)) }
        func problem() throws -> Problem { try Problem(json: try JSONParser.parse(body)) }
    }

    func request(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, type: String? = "application/json",
        key: String? = nil
    ) async throws -> Answer {
        try await request(method, path, bytes: body.map { ByteBuffer(string: $0) }, type: type, key: key)
    }

    func request(
        _ method: HTTPMethod, _ path: String, bytes body: ByteBuffer?, type: String?, key: String? = nil
    ) async throws -> Answer {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw FixtureError("no such socket path") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let body {
            request.body = .bytes(body)
            if let type { request.headers.add(name: "Content-Type", value: type) }
        }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
    }
}
