import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators

extension Store {
    /// Hands in a sale that prints nothing, and waits for its registration.
    func register(_ id: String) async throws {
        let answer = try await request(.POST, "/v1/sales?wait=registered&timeout=30s", Self.unprinted(id))
        guard answer.status == 201, try answer.sale().registration.state == "ready" else {
            throw FixtureError("\(id) is not registered: \(answer.status)")
        }
    }

    /// Documents are ready when the test says so.
    func holdDocuments() async throws {
        var rules = await slime.currentDocumentRules
        rules.delay = nil
        try await slime.setDocumentRules(rules)
    }

    func documents(of id: String) async throws -> [DocumentResource] {
        let answer = try await request(.GET, "/v1/sales/\(id)/documents")
        guard answer.status == 200 else { throw FixtureError("documents of \(id): \(answer.status)") }
        return try DocumentList(json: JSONParser.parse(answer.body)).documents
    }
}
