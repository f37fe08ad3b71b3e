public import Foundation
public import HTTPCalls
public import JSON
import NIOHTTP1
public import Sales

/// Calls Slime over kept-alive HTTPS. Every call has one deadline as a whole, and is sent only once.
public struct SlimeClient: Sendable {
    let endpoint: SlimeEndpoint
    private let signer: RequestSigner
    private let caller: HTTPCaller
    /// Calls that no customer waits for have connections of their own: a sale never waits behind them.
    private let lookUps: HTTPCaller
    let files: FileFetcher
    /// The server's clock, by its last answer.
    public let serverClock = ServerClock()

    public init(endpoint: SlimeEndpoint, options: SlimeCallOptions) {
        self.endpoint = endpoint
        signer = RequestSigner(keyID: endpoint.keyID, secret: endpoint.secret)
        caller = HTTPCaller(options.calls(connections: options.connections, maximumAnswer: SlimeResponse.maximumBytes))
        lookUps = HTTPCaller(
            options.calls(connections: Self.lookUpConnections, maximumAnswer: SlimeResponse.maximumListBytes))
        files = FileFetcher(
            options.calls(
                connections: Self.lookUpConnections, maximumAnswer: Self.maximumFile, timeout: options.fileTimeout),
            reach: endpoint.isOnThisMachine ? .worldAndThisMachine : .world)
    }

    private static let lookUpConnections = 4
    /// Bytes. A tax invoice has some hundred thousand.
    private static let maximumFile = 32 << 20

    /// Whether the endpoint is a loopback address: a simulator.
    public var isOnThisMachine: Bool { endpoint.isOnThisMachine }

    /// Closes the connections; do not use the client after that.
    public func shutdown() async throws {
        try await caller.shutdown()
        try await lookUps.shutdown()
        try await files.shutdown()
    }

    /// `test/hello`: whether the account is recognised.
    @discardableResult
    public func hello(issuedAt: Date) async throws(SlimeError) -> JSONObject {
        try await call(.hello, data: Self.healthCheck, issuedAt: issuedAt)
    }

    /// `test/hello`, for the server's clock; nil if the answer does not show it.
    public func serverTime(issuedAt: Date) async throws(SlimeError) -> Date? {
        let answer = try await answer(to: .hello, data: Self.healthCheck, issuedAt: issuedAt, over: caller)
        _ = try SlimeResponse.data(of: answer)
        return answer.date
    }

    private static let healthCheck = Array(#"{"name":"Kamkap"}"#.utf8)

    /// `simple-transaction/initiate-with-…`: makes a sale's transaction, with the document that the sale gets.
    ///
    /// - Parameter data: The bytes that were kept for this sale.
    public func initiate(_ type: DocumentType, data: [UInt8], issuedAt: Date) async throws(SlimeError) {
        let answer = try await call(SlimeSubject(initiating: type), data: data, issuedAt: issuedAt)
        guard answer["success"] == .bool(true) else {
            throw SlimeError(.unintelligible, "Slime answered without \"success\": true")
        }
    }

    /// `trading-transaction/show`: the link for the paper, and the provider's value of the trade.
    public func show(_ id: TransactionID, issuedAt: Date) async throws(SlimeError) -> ShownTransaction {
        let answer = try await call(
            .show, data: JSONValue.object(["transaction_id": .string(id.text)]).bytes, issuedAt: issuedAt)
        var link: String?
        if case .string(let url)? = answer["service_url"], !url.isEmpty { link = url }
        return ShownTransaction(serviceURL: link, tradeValue: ProviderTotal(tradeValue: answer["trade_value"]))
    }

    /// - Parameter isLookUp: whether it may wait behind others of its kind.
    func call(
        _ subject: SlimeSubject, data: [UInt8], issuedAt: Date, isLookUp: Bool = false
    ) async throws(SlimeError) -> JSONObject {
        let answer = try await answer(to: subject, data: data, issuedAt: issuedAt, over: isLookUp ? lookUps : caller)
        let result: JSONObject
        do {
            result = try SlimeResponse.data(of: answer)
        } catch {
            // Any other status may come from elsewhere: a proxy's page, a portal's.
            if error.isException { serverClock.record(answer.headers.first(name: "Date")) }
            throw error
        }
        serverClock.record(answer.headers.first(name: "Date"))
        return result
    }

    private func answer(
        to subject: SlimeSubject, data: [UInt8], issuedAt: Date, over caller: HTTPCaller
    ) async throws(SlimeError) -> HTTPAnswer {
        let token = signer.token(subject: subject, data: data, issuedAt: issuedAt)
        do {
            return try await caller.post(#"{"request":"\#(token)"}"#, to: endpoint.url, headers: Self.headers)
        } catch {
            throw SlimeError(error)
        }
    }

    private static let headers: HTTPHeaders = [
        "Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Kamkap",
    ]
}
