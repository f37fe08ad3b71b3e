import Foundation
import GatewayAPI
import JSON
import NIOCore
import NIOHTTP1
import Raster
import Simulators

/// A store that takes payment slips, with a simulated reader of them.
struct SlipStore {
    static let account = "1111156781"

    let store: Store
    let reader: ScanlyIQSimulator
    let key: String

    static func open<Value: Sendable>(
        _ change: (inout ScanlyIQSimulator.Configuration) -> Void = { _ in },
        _ body: (SlipStore) async throws -> Value
    ) async throws -> Value {
        var configuration = ScanlyIQSimulator.Configuration()
        configuration.key = "b2t_live_never-logged-\(UInt32.random(in: 0 ... .max))"
        change(&configuration)
        let (key, reader) = (configuration.key, ScanlyIQSimulator(configuration: configuration))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reader.run() }
            defer { group.cancelAll() }
            let tables = """
                [slips]
                endpoint = "\(try await reader.endpoint())"
                key_file = "slips-key"
                accounts = ["\(account)"]
                """
            return try await Store.open(tables: tables) { store in
                try Data((key + "\n").utf8).write(to: store.folder.appendingPathComponent("slips-key"))
                return try await body(SlipStore(store: store, reader: reader, key: key))
            }
        }
    }

    /// A sale of 120 baht, all of it by transfer.
    func sell(_ id: String) async throws -> SaleResource {
        let sale = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"กาแฟ","unit_price":"60","quantity":"2","vatable":true}]},
            "receipt":{"payments":[{"method":"transfer","amount":"120"}],"total":"120.00"}}
            """
        return try await store.request(.POST, "/v1/sales?wait=printed&timeout=60s", sale).sale()
    }

    /// A picture like no other.
    static func picture(_ number: UInt8) throws -> [UInt8] {
        var bitmap = Bitmap(width: 16, height: 16)
        for bit in 0..<8 { bitmap[bit, 0] = number >> bit & 1 == 1 }
        return try bitmap.png()
    }

    /// Hands a picture in for a sale, of which this is read; the slip once it is checked.
    func handIn(
        _ picture: [UInt8], reading script: SlipScript? = nil, for sale: String, wait: String = "checked&timeout=60s"
    ) async throws -> SlipResource {
        if let script { await reader.script(script, for: ScanlyIQSimulator.digest(of: picture)) }
        let answer = try await store.request(
            .POST, "/v1/sales/\(sale)/slips?wait=\(wait)", bytes: ByteBuffer(bytes: picture),
            type: "image/png")
        return try SlipResource(json: try JSONParser.parse(answer.body))
    }

    func slip(_ id: String) async throws -> SlipResource {
        try SlipResource(json: try JSONParser.parse(try await store.request(.GET, "/v1/slips/\(id)").body))
    }
}
