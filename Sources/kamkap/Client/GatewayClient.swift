import AsyncHTTPClient
import Foundation
import GatewayAPI
import JSON
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks the running gateway over its socket.
struct GatewayClient {
    /// Longer than the longest wait that a request may ask for.
    private static let timeout: TimeAmount = .seconds(90)
    private static let maximumAnswer = 64 << 20
    private static let json = "application/json"

    let socket: String
    /// Kept for many requests; otherwise each has its own.
    private var http: HTTPClient?

    init(socket: String) {
        self.socket = socket
    }

    /// Does `work` with one client for all its requests.
    func keepingConnection<Value>(_ work: (GatewayClient) async throws -> Value) async throws -> Value {
        try await HTTPClient.withHTTPClient(configuration: Self.configuration) { http in
            var kept = self
            kept.http = http
            return try await work(kept)
        }
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(5)
        // Reports a socket without a server at once, instead of trying until the time is up.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    struct Answer {
        let status: Int
        let body: [UInt8]

        /// The body as JSON.
        func json() throws -> JSONValue {
            do { return try JSONParser.parse(body) } catch {
                throw CommandExit(.software, "the gateway's answer is not JSON: \(error)")
            }
        }

        var problem: Problem? {
            (try? JSONParser.parse(body)).flatMap { try? Problem(json: $0) }
        }
    }

    func get(_ path: String, waitLimit: TimeAmount = timeout) async throws -> Answer {
        try await send("GET", path, body: nil, waitLimit: waitLimit)
    }
    func post(
        _ path: String, _ body: [UInt8], type: String = json, waitLimit: TimeAmount = timeout
    ) async throws -> Answer {
        try await send("POST", path, body: body, type: type, waitLimit: waitLimit)
    }

    func put(_ path: String, _ body: [UInt8]) async throws -> Answer { try await send("PUT", path, body: body) }
    func delete(_ path: String) async throws -> Answer { try await send("DELETE", path, body: nil) }

    /// The path of a sale; a `/` in its id is percent-encoded.
    static func path(of id: String, _ rest: String = "") -> String {
        "/v1/sales/" + encoded(id) + rest
    }

    /// The path of a document's file.
    ///
    /// - Parameter document: its id, or `latest`.
    static func path(of id: String, document: String, form: String) -> String {
        path(of: id, "/documents/\(encoded(document)).\(form)")
    }

    static func path(of id: String, printing document: String) -> String {
        path(of: id, "/documents/\(encoded(document))/print")
    }

    static func path(ofTransactionsTagged tag: String, including documents: String) -> String {
        "/v1/transactions?tag=\(encoded(tag))&include_documents=\(documents)"
    }

    /// The path of a list of sales; a parameter without a value is left out.
    static func path(ofSales parameters: KeyValuePairs<String, String?>) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return "/v1/sales" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// The path of slips; a parameter without a value is left out.
    static func path(ofSlips parameters: [(name: String, value: String?)]) -> String {
        "/v1/slips" + query(of: parameters)
    }

    /// The path of a sale's slips.
    static func path(of id: String, slips parameters: [(name: String, value: String?)]) -> String {
        path(of: id, "/slips") + query(of: parameters)
    }

    static func path(ofSlip id: String, _ rest: String = "") -> String { "/v1/slips/" + encoded(id) + rest }

    /// The path of suppliers' invoices, or of a list below it; a parameter without a value is left out.
    static func path(ofInvoices parameters: [(name: String, value: String?)], _ rest: String = "") -> String {
        "/v1/supplier-invoices" + rest + query(of: parameters)
    }

    static func path(ofInvoice number: Int, _ rest: String = "") -> String { "/v1/supplier-invoices/\(number)" + rest }

    private static func query(of parameters: [(name: String, value: String?)]) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return query.isEmpty ? "" : "?" + query.joined(separator: "&")
    }

    /// A path of bills and their books; a parameter without a value is left out.
    static func path(ofBilling parts: [String], _ parameters: [(name: String, value: String?)] = []) -> String {
        "/v1/billing/" + parts.map(encoded).joined(separator: "/") + query(of: parameters)
    }

    static func path(ofPrinter name: String, _ rest: String) -> String {
        "/v1/printers/" + encoded(name) + rest
    }

    static func path(ofAlarm code: String, _ rest: String) -> String {
        "/v1/alarms/" + encoded(code) + rest
    }

    static func path(ofAddresses query: String, _ text: String, limit: Int) -> String {
        "/v1/addresses?\(query)=\(encoded(text))&limit=\(limit)"
    }

    private static func encoded(_ segment: String) -> String {
        segment.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// Calls back with every event, until the gateway ends the stream.
    func follow(_ tell: (EventLines.Event) -> Void) async throws {
        let request = try request("GET", "/v1/events", body: nil)
        do {
            try await withHTTP { http in
                let response = try await http.execute(request, deadline: .distantFuture)
                guard response.status == .ok else {
                    let body = try await response.body.collect(upTo: Self.maximumAnswer)
                    throw CommandExit(
                        Answer(status: Int(response.status.code), body: Array(body.readableBytesView)), about: "events")
                }
                var lines = EventLines()
                for try await chunk in response.body { for event in lines.add(chunk.readableBytesView) { tell(event) } }
            }
        } catch let exit as CommandExit {
            throw exit
        } catch {
            throw unavailable(error)
        }
    }

    private func send(
        _ method: String, _ path: String, body: [UInt8]?, type: String = json, waitLimit: TimeAmount = timeout
    ) async throws -> Answer {
        let request = try request(method, path, body: body, type: type)
        do {
            return try await withHTTP { http in
                let response = try await http.execute(request, timeout: waitLimit)
                let body = try await response.body.collect(upTo: Self.maximumAnswer)
                return Answer(status: Int(response.status.code), body: Array(body.readableBytesView))
            }
        } catch {
            throw unavailable(error)
        }
    }

    private func withHTTP<Value>(_ work: (HTTPClient) async throws -> Value) async throws -> Value {
        if let http { return try await work(http) }
        return try await HTTPClient.withHTTPClient(configuration: Self.configuration, work)
    }

    private func request(
        _ method: String, _ path: String, body: [UInt8]?, type: String = json
    ) throws -> HTTPClientRequest {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else {
            throw CommandExit(.unavailable, "\(socket) cannot be a socket's path")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .init(rawValue: method)
        request.headers.add(name: "Host", value: "kamkap")
        if let body {
            request.headers.add(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        return request
    }

    private func unavailable(_ error: any Error) -> CommandExit {
        CommandExit(
            .unavailable,
            "no gateway answers on \(socket) (\(Self.reason(of: error))). Is it running? Try: systemctl status kamkap; another socket: --socket or KAMKAP_SOCKET"
        )
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError where error.errnoCode == ENOENT: "there is no such file"
        case let error as IOError where error.errnoCode == EACCES: "this user may not use it"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "nobody listens"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: "\(type(of: error))"
        }
    }
}

extension CommandExit {
    /// The gateway's refusal as text, with every fault.
    init(_ answer: GatewayClient.Answer, about subject: String) {
        guard let problem = answer.problem else {
            self.init(.software, "\(subject): the gateway answered HTTP \(answer.status)")
            return
        }
        let faults = (problem.errors ?? []).map { "\n  \($0)" }.joined()
        let isTemporary = answer.status == 503 || answer.status == 507
        let text = faults.isEmpty ? "\(problem.title): \(problem.detail)" : problem.title
        self.init(isTemporary ? .unavailable : .badData, "\(subject): \(text)\(faults)")
    }
}
