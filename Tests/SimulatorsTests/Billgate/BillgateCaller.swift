import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators
import Testing

/// Calls a simulated Billgate over HTTP.
struct BillgateCaller {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }

        /// The texts of a member of each element of a list.
        func texts(_ member: String, in list: String = "data") -> [String] {
            (json[list] as? [[String: Any]] ?? []).map { $0[member] as? String ?? "" }
        }

        /// How a number is spelled that follows a name for the first time.
        func number(_ name: String) -> String? {
            guard let found = text.firstRange(of: "\"\(name)\":") else { return nil }
            return String(text[found.upperBound...].prefix { "-0123456789.".contains($0) })
        }
    }

    let simulator: BillgateSimulator
    let endpoint: String

    @discardableResult
    func call(
        _ method: String, _ path: String, _ body: String? = nil, key: String? = "billgate-simulator-key",
        type: String? = "application/json"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: endpoint + path)
        request.method = .init(rawValue: method)
        if let key { request.headers.add(name: "x-api-key", value: key) }
        if let type, body != nil { request.headers.add(name: "content-type", value: type) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 8 << 20)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        return Answer(status: Int(response.status.code), headers: headers, text: String(buffer: bytes))
    }

    /// Makes something and returns its id.
    func make(_ path: String, _ body: String, id: String = "id") async throws -> String {
        let answer = try await call("POST", path, body)
        return try #require(answer.json[id] as? String, "\(answer.status) \(answer.text)")
    }

    func makeReceipt(_ number: String, _ change: (String) -> String = { $0 }) async throws -> String {
        let body = BillgateExamples.receipt.replacing("RCP-000001", with: number)
        return try await make("/v1/receipts", change(body), id: "receipt_id")
    }

    func makeInvoice(_ number: String = "INV-000001") async throws -> String {
        try await make("/v1/invoices", BillgateExamples.invoice.replacing("INV-000001", with: number))
    }

    /// Changes what the page leaves open.
    func allow(_ change: @Sendable (inout BillgateSimulator.Leeway) -> Void) async throws {
        var leeway = await simulator.currentLeeway
        change(&leeway)
        try await simulator.setLeeway(leeway)
    }
}

/// Runs a simulator while something is done with it.
func withBillgate(
    _ configure: (inout BillgateSimulator.Configuration) -> Void = { _ in },
    _ body: (BillgateCaller) async throws -> Void
) async throws {
    var configuration = BillgateSimulator.Configuration()
    configure(&configuration)
    let simulator = BillgateSimulator(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        try await body(BillgateCaller(simulator: simulator, endpoint: simulator.endpoint()))
    }
}
