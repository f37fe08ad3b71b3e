import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators
import TestNetwork
import Testing

/// Calls a simulated OCR service over HTTP.
struct SupplierOCRCaller {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }
        var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
        var isSuccess: Bool? { json["success"] as? Bool }

        /// The texts of a member of each element of a list.
        func texts(_ member: String, in list: String = "data") -> [String] {
            (json[list] as? [[String: Any]] ?? []).map { $0[member] as? String ?? "" }
        }
    }

    static let path = "/ocr-invoice-job"

    let simulator: SupplierOCRSimulator
    let endpoint: String

    @discardableResult
    func call(
        _ method: String, _ path: String = "", _ body: String? = nil, key: String? = "supplier-ocr-simulator-key",
        type: String? = "application/json"
    ) async throws -> Answer {
        try await send(
            method, Self.path + path, body, headers: ["api-key": key, "content-type": body.map { _ in type ?? "" }])
    }

    func send(
        _ method: String, _ path: String, _ body: String?, headers: [String: String?]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: endpoint + path)
        request.method = .init(rawValue: method)
        for case (let name, let value?) in headers where !value.isEmpty {
            request.headers.add(name: name, value: value)
        }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 8 << 20)
        let found = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        return Answer(status: Int(response.status.code), headers: found, text: String(buffer: bytes))
    }

    /// The page's own example, with a URL: it has none.
    static func job(_ number: String = "OCR-2023-001", at url: String = "http://127.0.0.1:9/x.pdf") -> String {
        """
        {"jobNumber":"\(number)","documentName":"invoice_2023_001.pdf","documentUrl":"\(url)","documentType":"pdf",\
        "template":"60f7b1b3e4b0e8b3f8b3f8b4","group":"60f7b1b3e4b0e8b3f8b3f8b5","priority":"low",\
        "createdBy":"60f7b1b3e4b0e8b3f8b3f8b6","metadata":{}}
        """
    }

    /// Makes a job and returns its id.
    func make(_ number: String = "OCR-2023-001", at url: String = "http://127.0.0.1:9/x.pdf") async throws -> String {
        let answer = try await call("POST", "", Self.job(number, at: url))
        return try #require(answer.data["_id"] as? String, "\(answer.status) \(answer.text)")
    }

    func status(_ id: String) async throws -> String { try await call("GET", "/\(id)").data["status"] as? String ?? "" }

    /// Changes what the page leaves open.
    func allow(_ change: @Sendable (inout SupplierOCRSimulator.Leeway) -> Void) async throws {
        var leeway = await simulator.currentLeeway
        change(&leeway)
        try await simulator.setLeeway(leeway)
    }
}

/// Runs a simulator while something is done with it.
func withSupplierOCR(
    _ configure: (inout SupplierOCRSimulator.Configuration) -> Void = { _ in },
    _ body: (SupplierOCRCaller) async throws -> Void
) async throws {
    var configuration = SupplierOCRSimulator.Configuration()
    configure(&configuration)
    let simulator = SupplierOCRSimulator(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        try await body(SupplierOCRCaller(simulator: simulator, endpoint: simulator.endpoint()))
    }
}

/// Serves one document on loopback while something is done.
func withDocument(
    _ bytes: [UInt8], status: String = "200 OK", _ body: (_ url: String, ScriptedServer) async throws -> Void
) async throws {
    let head = "HTTP/1.1 \(status)\r\nConnection: close\r\nContent-Length: \(bytes.count)\r\n\r\n"
    try await ScriptedServer.open(.answerBytes(Array(head.utf8) + bytes)) { server in
        try await body("http://127.0.0.1:\(server.port)/secret-document", server)
    }
}
