import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import Sales

/// Calls Slime over kept-alive HTTPS. Every call has one deadline for all of it; nothing is sent twice by itself.
public struct SlimeClient: Sendable {
    private let endpoint: SlimeEndpoint
    private let signer: RequestSigner
    private let options: SlimeCallOptions
    private let http: HTTPClient

    public init(endpoint: SlimeEndpoint, options: SlimeCallOptions) {
        self.endpoint = endpoint
        self.options = options
        signer = RequestSigner(keyID: endpoint.keyID, secret: endpoint.secret)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Shorter than the call, so that a connection that is never made is known as one: nothing was sent.
        configuration.timeout.connect = .nanoseconds(options.timeout.nanoseconds / 2)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(options.connections, 1)
        // Otherwise a refused connection is only reported after the whole connect time-out.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let file = options.additionalCertificates {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.file(file.path)]
            configuration.tlsConfiguration = tls
        }
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections; the client is not to be used again.
    public func shutdown() async throws {
        try await http.shutdown()
    }

    /// `test/hello`: whether the account is recognised.
    @discardableResult
    public func hello(issuedAt: Date) async throws(SlimeError) -> JSONObject {
        try await call(.hello, data: Self.greeting, issuedAt: issuedAt)
    }

    /// `test/hello`, for the server's clock; nil where it does not tell.
    public func serverTime(issuedAt: Date) async throws(SlimeError) -> Date? {
        let answer = try await answer(to: .hello, data: Self.greeting, issuedAt: issuedAt)
        _ = try SlimeResponse.data(status: answer.status, headers: answer.headers, body: answer.body)
        return answer.headers.first(name: "Date").flatMap(HTTPDate.parse)
    }

    private static let greeting = Array(#"{"name":"Kamkap"}"#.utf8)

    /// `simple-transaction/initiate-with-tax-invoice-stub`
    ///
    /// - Parameter data: The bytes that were kept for this sale.
    public func initiateStub(data: [UInt8], issuedAt: Date) async throws(SlimeError) {
        let answer = try await call(.stub, data: data, issuedAt: issuedAt)
        guard answer["success"] == .bool(true) else {
            throw SlimeError(.unintelligible, "Slime answered the stub without \"success\": true")
        }
    }

    /// `trading-transaction/show`: the link that goes on paper, and what the provider holds the trade to be worth.
    public func show(_ id: TransactionID, issuedAt: Date) async throws(SlimeError) -> ShownTransaction {
        let answer = try await call(
            .show, data: JSONValue.object(["transaction_id": .string(id.text)]).bytes, issuedAt: issuedAt)
        var link: String?
        if case .string(let url)? = answer["service_url"], !url.isEmpty { link = url }
        return ShownTransaction(serviceURL: link, tradeValue: TradeValue(answer["trade_value"]))
    }

    private func call(_ subject: SlimeSubject, data: [UInt8], issuedAt: Date) async throws(SlimeError) -> JSONObject {
        let answer = try await answer(to: subject, data: data, issuedAt: issuedAt)
        return try SlimeResponse.data(status: answer.status, headers: answer.headers, body: answer.body)
    }

    private typealias Answer = (status: Int, headers: HTTPHeaders, body: [UInt8])

    private func answer(
        to subject: SlimeSubject, data: [UInt8], issuedAt: Date
    ) async throws(SlimeError) -> Answer {
        let token = signer.token(subject: subject, data: data, issuedAt: issuedAt)
        do { return try await exchange(ByteBuffer(string: #"{"request":"\#(token)"}"#)) } catch {
            throw SlimeError(transport: error, timeout: options.timeout)
        }
    }

    /// One deadline for head and body: a body that drips is cut off as well.
    private func exchange(_ body: ByteBuffer) async throws -> Answer {
        let request = try HTTPClient.Request(
            url: endpoint.url, method: .POST, headers: Self.headers, body: .byteBuffer(body))
        let call = http.execute(
            request: request,
            delegate: ResponseAccumulator(request: request, maxBodySize: SlimeResponse.maximumBytes),
            deadline: .now() + .nanoseconds(options.timeout.nanoseconds))
        let response = try await withTaskCancellationHandler {
            try await call.get()
        } onCancel: {
            call.cancel()
        }
        return (Int(response.status.code), response.headers, response.body.map { Array($0.readableBytesView) } ?? [])
    }

    private static let headers: HTTPHeaders = [
        "Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Kamkap",
    ]
}

extension SlimeError {
    /// Errors of making a connection, not of using one.
    private static let beforeConnecting: Set<CInt> = [
        ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL, EMFILE, ENFILE, EAGAIN,
    ]

    /// What a fault of the transport means: whether anything can have been sent.
    init(transport error: any Error, timeout: Duration) {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath, .alreadyShutdown:
                self.init(.unusable, "the endpoint cannot be called: \(error.shortDescription)")
            case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
                self.init(.unreachable, "no connection to Slime within \(timeout)")
            case .deadlineExceeded, .readTimeout, .writeTimeout:
                self.init(.unanswered, "Slime did not answer within \(timeout)")
            case .remoteConnectionClosed:
                self.init(.unanswered, "Slime closed the connection without an answer")
            default:
                self.init(.unanswered, "the call broke off: \(error.shortDescription)")
            }
        case is NIOConnectionError, is SocketAddressError:
            self.init(.unreachable, "no connection to Slime: the host is not found, or refuses")
        case is NIOSSLError, is BoringSSLError:
            self.init(.unreachable, "no trusted connection to Slime: check the certificate, ca_file and the clock")
        case is ResponseAccumulator.ResponseTooBigError:
            self.init(.unintelligible, "Slime's answer is longer than \(SlimeResponse.maximumBytes) bytes")
        case let error as IOError where Self.beforeConnecting.contains(error.errnoCode):
            self.init(.unreachable, "no connection to Slime: \(String(cString: strerror(error.errnoCode)))")
        default:
            // Not known to be unsent, so taken as sent; the error's text may quote the peer and is left out.
            self.init(.unanswered, "the call broke off (\(type(of: error)))")
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, Int64(Int32.max)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
