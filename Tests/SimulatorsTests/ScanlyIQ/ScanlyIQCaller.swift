import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators
import Testing

/// Calls a simulated ScanlyIQ over HTTP.
struct ScanlyIQCaller {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }

        func objects(_ member: String) -> [[String: Any]] { json[member] as? [[String: Any]] ?? [] }
    }

    /// A file of a form.
    struct File {
        var name = "slip1.jpg"
        var type = "image/jpeg"
        var field = "files[]"
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array("photograph".utf8)
    }

    static let boundary = "----boundary"

    let simulator: ScanlyIQSimulator
    let endpoint: String

    @discardableResult
    func call(
        _ method: String, _ path: String, _ body: [UInt8]? = nil, key: String? = "b2t_live_simulator",
        type: String = "application/json"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: endpoint + path)
        request.method = .init(rawValue: method)
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 8 << 20)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        return Answer(status: Int(response.status.code), headers: headers, text: String(buffer: bytes))
    }

    @discardableResult
    func post(_ path: String, _ json: String) async throws -> Answer { try await call("POST", path, Array(json.utf8)) }

    static func form(_ files: [File]) -> [UInt8] {
        files.reduce(into: []) { body, file in
            body += Array(
                """
                --\(boundary)\r
                Content-Disposition: form-data; name="\(file.field)"; filename="\(file.name)"\r
                Content-Type: \(file.type)\r
                \r

                """.utf8)
            body += file.bytes + Array("\r\n".utf8)
        } + Array("--\(boundary)--\r\n".utf8)
    }

    @discardableResult
    func upload(_ files: [File] = [File()]) async throws -> Answer {
        try await call(
            "POST", "/api/upload/slip", Self.form(files), type: "multipart/form-data; boundary=\(Self.boundary)")
    }

    /// The upload's id.
    func uploaded(_ file: File = File()) async throws -> String {
        let answer = try await upload([file])
        return try #require(answer.objects("uploads").first?["id"] as? String, "\(answer.status) \(answer.text)")
    }

    func order(_ uploads: [String], model: String = "clx2flash", more: String = "") async throws -> Answer {
        let ids = uploads.map { #""\#($0)""# }.joined(separator: ",")
        return try await post("/api/jobs/slip-ocr", #"{"uploadIds":[\#(ids)],"modelId":"\#(model)"\#(more)}"#)
    }

    /// The job's id.
    func job(_ file: File = File()) async throws -> String {
        let answer = try await order([try await uploaded(file)])
        return try #require(answer.json["jobId"] as? String, "\(answer.status) \(answer.text)")
    }

    func show(_ job: String) async throws -> Answer { try await call("GET", "/api/jobs/slip-ocr/\(job)") }

    func allow(_ change: (inout ScanlyIQSimulator.Leeway) -> Void) async throws {
        var leeway = await simulator.currentLeeway
        change(&leeway)
        try await simulator.setLeeway(leeway)
    }
}

/// Runs a simulator while something is done with it.
func withScanlyIQ(
    _ configure: (inout ScanlyIQSimulator.Configuration) -> Void = { _ in },
    _ body: (ScanlyIQCaller) async throws -> Void
) async throws {
    var configuration = ScanlyIQSimulator.Configuration()
    configure(&configuration)
    let simulator = ScanlyIQSimulator(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        try await body(ScanlyIQCaller(simulator: simulator, endpoint: simulator.endpoint()))
    }
}
