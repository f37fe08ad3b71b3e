import Foundation
import JSON
import Logging
import Sales
import Simulators
import Slime

struct FixtureError: Error {}

/// A simulated Slime that listens, and a client that is set up for it.
func withSlime<Value: Sendable>(
    timeout: Duration = .seconds(5), fileTimeout: Duration = .seconds(10), keyID: String? = nil, secret: String? = nil,
    _ body: (SlimeSimulator, SlimeClient) async throws -> Value
) async throws -> Value {
    let configuration = SlimeSimulator.Configuration()
    let simulator = SlimeSimulator(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        let endpoint = SlimeEndpoint(
            url: try await simulator.endpoint(), keyID: keyID ?? configuration.keyID,
            secret: secret ?? configuration.secret)
        let client = SlimeClient(
            endpoint: endpoint, options: SlimeCallOptions(timeout: timeout, fileTimeout: fileTimeout, connections: 4))
        do {
            let value = try await body(simulator, client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}

enum Fixture {
    static func id(_ text: String) throws -> TransactionID {
        guard let id = TransactionID(text) else { throw FixtureError() }
        return id
    }

    static func decoder() throws -> SaleDecoder {
        guard let branch = BranchID("00001"), let rate = DecimalNumber("0.07") else { throw FixtureError() }
        return SaleDecoder(
            defaults: SaleDefaults(
                branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
                terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line)))
    }

    static func event(_ id: String, extra: String = "") throws -> SaleEvent {
        try event(text: text(id, extra: extra))
    }

    static func text(_ id: String, extra: String = "") -> String {
        """
        {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","ref":null,"line_items":[
        {"name":"ข้าวโพดปิ้ง","unit_price":"15.00","quantity":"8","vatable":true,"unit_code":null}]},
        "terminal_id":"POS-01","receipt":{"number":"1"}\(extra)}
        """
    }

    /// Of a whole text.
    static func event(text: String) throws -> SaleEvent {
        try decoder().decode(Array(text.utf8), receivedAt: .distantFuture)
    }
}
