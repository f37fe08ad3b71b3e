import AsyncHTTPClient
import Foundation
import JWTKit
import NIOCore
import NIOHTTP1
import Simulators
import Testing

/// Calls a simulator over HTTP with tokens that JWTKit signs.
struct SlimeCaller {
    static let secret = "Bl9j0NXcWz70VMqxzk3Psk1ZAwQ6Pa5xlT9EHucd"
    static let stub = "simple-transaction/initiate-with-tax-invoice-stub"
    static let show = "trading-transaction/show"

    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String

        /// The exception's code, or "success".
        var code: String {
            guard let object = json as? [String: Any] else { return "not JSON" }
            if object["data"] is [String: Any] { return status == 200 ? "success" : "success with \(status)" }
            let exception = object["exception"] as? [String: Any]
            return status == 422 ? exception?["code"] as? String ?? "no code" : "exception with \(status)"
        }

        var json: Any? { try? JSONSerialization.jsonObject(with: Data(text.utf8)) }

        var data: [String: Any] { (json as? [String: Any])?["data"] as? [String: Any] ?? [:] }
    }

    let simulator: SlimeSimulator
    let endpoint: String

    /// A transaction with a document of its own.
    static let taxInvoice = "simple-transaction/initiate-with-tax-invoice"

    var base: String { String(endpoint.dropLast("/projects/123456/api".count)) }

    func call(_ subject: String, _ data: String, issuedAt: Int? = nil) async throws -> Answer {
        try await send(token: Self.token(subject: subject, data: data, issuedAt: issuedAt))
    }

    func send(token: String) async throws -> Answer {
        try await request("POST", endpoint, body: #"{"request":"\#(token)"}"#)
    }

    func request(
        _ method: String, _ url: String, body: String? = nil, type: String? = "application/json"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method)
        if let type { request.headers.add(name: "content-type", value: type) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        return Answer(status: Int(response.status.code), headers: headers, text: String(buffer: bytes))
    }

    static func token(subject: String, data: String, issuedAt: Int? = nil) async throws -> String {
        let issuedAt = issuedAt ?? Int(Date().timeIntervalSince1970)
        return try await token(
            payload: #"{"sub":"\#(subject)","data":\#(data),"iat":\#(issuedAt),"aud":"thai-document.slime.systems"}"#)
    }

    /// A token over any text, so that what is wrong can be written down.
    static func token(
        header: String = #"{"typ":"JWT","alg":"HS256","kid":"k1234"}"#, payload: String, secret: String = secret
    ) async throws -> String {
        let keys = await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        let part = encode(Array(header.utf8)) + "." + encode(Array(payload.utf8))
        return try await part + "." + encode(keys.getKey().sign(Array(part.utf8)))
    }

    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The API page's example of a tax invoice stub.
    static let example = """
        {
          "transaction_id": "TEST-ES-0002",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "line_items": [
              { "name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "8", "vatable": true },
              { "name": "ไข่ต้ม", "unit_price": "6", "quantity": "10", "vatable": true },
              { "name": "ข้าวสาร", "unit_price": "220", "quantity": "1", "vatable": false }
            ]
          },
          "customization": {
            "theme": { "id": "retail-hatsu", "color": "#cd0c2b" },
            "vat_included": false,
            "vat_rate": "0.07"
          }
        }
        """

    static func invoice(_ id: String) -> String {
        PageExamples.taxInvoice.replacing("TEST-TAX-INVOICE-0001", with: id)
    }

    /// The location in an answer that gives one.
    func location(_ subject: SlimeSimulator.Subject, _ data: String) async throws -> String {
        let answer = try await call(subject.rawValue, data)
        return try #require(answer.data["location"] as? String, "\(answer.text)")
    }

    static func sale(_ id: String) -> String { example.replacing("TEST-ES-0002", with: id) }
}

/// Runs a simulator while something is done with it.
func withSlime(
    _ configure: (inout SlimeSimulator.Configuration) -> Void = { _ in },
    _ body: (SlimeCaller) async throws -> Void
) async throws {
    var configuration = SlimeSimulator.Configuration()
    configure(&configuration)
    let simulator = SlimeSimulator(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        try await body(SlimeCaller(simulator: simulator, endpoint: simulator.endpoint()))
    }
}
