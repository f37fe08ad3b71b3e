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
        let target = CallTarget(url: url, options: options)
        let request = try HTTPClient.Request(.POST, target, url: url, headers: headers, body: .string(body))
        return try await exchange.answer(
            to: request, of: target, maximum: options.maximumAnswer, by: options.timeout.deadline)
    }
}
