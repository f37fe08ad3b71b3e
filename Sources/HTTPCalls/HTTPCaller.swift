import AsyncHTTPClient
public import NIOHTTP1

/// Calls one service over kept-alive connections. Every call has one deadline as a whole, and is sent only once.
public struct HTTPCaller: Sendable {
    private let options: CallOptions
    private let exchange: HTTPExchange

    public init(_ options: CallOptions) {
        self.options = options
        exchange = HTTPExchange(options)
    }

    /// Closes the connections; do not use the caller after that.
    public func shutdown() async throws {
        try await exchange.shutdown()
    }

    public func post(
        _ body: String, to url: String, headers: HTTPHeaders
    ) async throws(TransportFailure) -> HTTPAnswer {
        try await call(.POST, url, headers: headers, body: .string(body))
    }

    /// - Parameter body: nil for a call without one.
    public func call(
        _ method: HTTPMethod, _ url: String, headers: HTTPHeaders, body: [UInt8]?
    ) async throws(TransportFailure) -> HTTPAnswer {
        try await call(method, url, headers: headers, body: body.map { .bytes($0) })
    }

    private func call(
        _ method: HTTPMethod, _ url: String, headers: HTTPHeaders, body: HTTPClient.Body?
    ) async throws(TransportFailure) -> HTTPAnswer {
        let target = CallTarget(url: url, options: options)
        let request = try HTTPClient.Request(method, target, url: url, headers: headers, body: body)
        return try await exchange.answer(
            to: request, of: target, maximum: options.maximumAnswer, by: options.timeout.deadline)
    }
}
