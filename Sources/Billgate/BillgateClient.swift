import Foundation
import HTTPCalls
import JSON
import NIOHTTP1
import Sales

/// Calls Billgate over kept-alive HTTPS. Every call has one deadline as a whole, and is sent only once.
public struct BillgateClient: Sendable {
    let endpoint: BillgateEndpoint
    private let caller: HTTPCaller
    /// Lists have connections of their own: a sale whose customer waits never waits behind them.
    private let lists: HTTPCaller
    let files: FileFetcher
    /// The server's clock, by its last answer.
    let serverClock = ServerClock()

    private static let listConnections = 2
    /// No documented answer about one document is nearly as long, with its PromptPay code as an image.
    private static let maximumAnswer = 1 << 20
    /// A hundred documents of some hundred lines each.
    private static let maximumList = 16 << 20
    private static let maximumFile = 32 << 20

    public init(endpoint: BillgateEndpoint, options: BillgateCallOptions) {
        self.endpoint = endpoint
        caller = HTTPCaller(options.calls(connections: options.connections, maximumAnswer: Self.maximumAnswer))
        lists = HTTPCaller(options.calls(connections: Self.listConnections, maximumAnswer: Self.maximumList))
        files = FileFetcher(
            options.calls(connections: Self.listConnections, maximumAnswer: Self.maximumFile),
            reach: endpoint.isOnThisMachine ? .worldAndThisMachine : .world)
    }

    /// Whether the endpoint is a loopback address: a simulator.
    public var isOnThisMachine: Bool { endpoint.isOnThisMachine }

    /// Closes the connections; do not use the client after that.
    public func shutdown() async throws {
        try await caller.shutdown()
        try await lists.shutdown()
        try await files.shutdown()
    }

    /// Whether the account may use the API.
    func checkAccount() async throws(BillgateError) {
        _ = try await send(.probe, to: "/v1/tokens/authorized")
    }

    /// Makes a document.
    ///
    /// - Parameters:
    ///   - request: the bytes that were kept for this sale.
    ///   - customer: the record to bind it to.
    /// - Returns: the document's id.
    func create(
        _ kind: DocumentKind, _ request: [UInt8], for customer: String? = nil
    ) async throws(BillgateError) -> String {
        let answer = try await send(
            .create(kind), to: kind.path, query: customer.map { [("customer_id", $0)] } ?? [], body: request)
        guard let id = answer.text(kind.createdID) else {
            throw BillgateError(.unintelligible, "Billgate answered without \"\(kind.createdID)\"")
        }
        return id
    }

    func delete(_ kind: DocumentKind, _ id: String) async throws(BillgateError) {
        _ = try await send(.delete(kind), to: "\(kind.path)/\(Self.escaped(id))")
    }

    func show(_ kind: DocumentKind, _ id: String) async throws(BillgateError) -> ShownDocument {
        let answer = try await send(.show(kind), to: "\(kind.path)/\(Self.escaped(id))")
        if let shown = answer.text("id"), !shown.hasSameBytes(as: id) {
            throw BillgateError(.unintelligible, "Billgate answered with another document")
        }
        return ShownDocument(answer)
    }

    /// A list that can be narrowed to a day is: with the days beside it, because nobody says by which clock Billgate reads it.
    func page(of list: SharedSweep.List, from offset: Int, size: Int) async throws(BillgateError) -> DocumentPage {
        var query = [("offset", "\(offset)"), ("limit", "\(size)")]
        if let day = list.day {
            query += [("start", "\(day.before.text) 00:00:00"), ("end", "\(day.after.text) 23:59:59")]
        }
        let answer = try await send(.list(list.kind), to: list.kind.path, query: query)
        guard let page = DocumentPage(answer, asked: size) else {
            throw BillgateError(.unintelligible, "Billgate answered with a list that is none")
        }
        return page
    }

    // MARK: Customers

    /// Customers with the code of a record; a server that does not heed the code shows all.
    func customers(like record: CustomerRecord, from offset: Int) async throws(BillgateError) -> CustomerPage {
        let answer = try await send(
            .listCustomers, to: Self.customers,
            query: [
                ("customer_code", record.code), ("offset", "\(offset)"), ("limit", "\(DocumentPage.size)"),
            ])
        guard let page = CustomerPage(answer) else {
            throw BillgateError(.unintelligible, "Billgate answered with a list of customers that is none")
        }
        return page
    }

    func make(_ record: CustomerRecord) async throws(BillgateError) -> String {
        let answer = try await send(.createCustomer, to: Self.customers, body: JSONValue.object(record.json).bytes)
        guard let id = answer.text("id") else {
            throw BillgateError(.unintelligible, "Billgate made a customer, and answered without its id")
        }
        return id
    }

    private static let customers = "/v1/customers"

    // MARK: Calls

    /// The documented answer; an empty object for a call without one.
    func send(
        _ call: BillgateCall, to path: String, query: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws(BillgateError) -> JSONObject {
        let text = query.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        let url = endpoint.url + path + (text.isEmpty ? "" : "?" + text)
        let answer: HTTPAnswer
        do {
            let over = call.isOfSale ? caller : lists
            answer = try await over.call(call.method, url, headers: headers(hasBody: body != nil), body: body)
        } catch {
            throw BillgateError(error)
        }
        let result = try BillgateResponse.object(of: answer, to: call, hiding: endpoint.key)
        // Any other answer may come from elsewhere: a proxy's page, a portal's.
        serverClock.record(answer.headers.first(name: "Date"))
        return result
    }

    private func headers(hasBody: Bool) -> HTTPHeaders {
        var headers: HTTPHeaders = ["X-API-Key": endpoint.key, "Accept": "application/json", "User-Agent": "Kamkap"]
        if hasBody { headers.add(name: "Content-Type", value: "application/json") }
        return headers
    }

    /// For one part of a path, or a value of a query.
    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986 §2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
