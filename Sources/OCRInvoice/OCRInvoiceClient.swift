import Foundation
import HTTPCalls
import JSON
import NIOHTTP1

/// Calls the service over kept-alive HTTPS. Every call has one deadline as a whole, and is sent only once.
public struct OCRInvoiceClient: Sendable {
    private let endpoint: OCRInvoiceEndpoint
    private let caller: HTTPCaller
    /// For lists and results.
    private let longCaller: HTTPCaller
    /// The server's clock, by its last answer.
    let serverClock = ServerClock()

    /// Nobody waits at a counter for a supplier's invoice.
    private static let connections = 2
    /// A job shows what was read with it: some thousand lines.
    private static let maximumAnswer = 4 << 20
    private static let maximumLongAnswer = 16 << 20

    public init(endpoint: OCRInvoiceEndpoint, options: OCRInvoiceCallOptions) {
        self.endpoint = endpoint
        caller = HTTPCaller(options.calls(connections: Self.connections, maximumAnswer: Self.maximumAnswer))
        longCaller = HTTPCaller(options.calls(connections: Self.connections, maximumAnswer: Self.maximumLongAnswer))
    }

    /// Whether the endpoint is a loopback address: a simulator.
    public var isOnThisMachine: Bool { endpoint.isOnThisMachine }

    /// Closes the connections; do not use the client after that.
    public func shutdown() async throws {
        let first: Result<Void, any Error>
        do { first = .success(try await caller.shutdown()) } catch { first = .failure(error) }
        try await longCaller.shutdown()
        try first.get()
    }

    /// What an error of this service's may not say.
    ///
    /// - Parameter subject: what the call is about.
    func discretion(about subject: CallSubject?) -> Discretion { Discretion(hiding: endpoint.key, subject) }

    /// Makes one call.
    ///
    /// - Parameters:
    ///   - job: the service's id of a job, for a call that is about one.
    ///   - subject: what it is about.
    func send(
        _ call: OCRInvoiceCall, job: String? = nil, query: [(String, String)] = [], about subject: CallSubject? = nil
    ) async throws(OCRInvoiceError) -> OCRInvoiceEnvelope {
        guard endpoint.names.hasUsableHeader else {
            throw OCRInvoiceError(.unusable, "supplier_invoices.key_header is no name of a header")
        }
        let route = endpoint.names.route(of: call, job: job.map(Self.escaped))
        let text = query.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        let url = endpoint.url + route.path + (text.isEmpty ? "" : "?" + text)
        let body = subject?.body
        let answer: HTTPAnswer
        do {
            let over = call.isLong ? longCaller : caller
            answer = try await over.call(route.method, url, headers: headers(hasBody: body != nil), body: body)
        } catch {
            throw OCRInvoiceError(error)
        }
        let result = try OCRInvoiceEnvelope(answer, to: call, discretion(about: subject))
        // Any other answer may come from elsewhere: a proxy's page, a portal's.
        serverClock.record(answer.headers.first(name: "Date"))
        return result
    }

    private func headers(hasBody: Bool) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Accept": "application/json", "User-Agent": "Kamkap"]
        headers.add(name: endpoint.names.keyHeader, value: endpoint.key.text)
        if hasBody { headers.add(name: "Content-Type", value: "application/json") }
        return headers
    }

    /// For one part of a path, or a value of a query.
    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986 §2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
