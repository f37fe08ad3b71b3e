import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// One client with its connections. Every exchange has one deadline as a whole, and is sent only once.
struct HTTPExchange: Sendable {
    private let http: HTTPClient
    private let look: ConnectionProbe

    /// - Parameter peers: the addresses that may be called; nil for all.
    init(_ options: CallOptions, peers: PeerRule? = nil) {
        // One loop: the recorder then hears everything in the order in which it happened.
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        look = ConnectionProbe(loop: loop, proxy: options.proxy)
        http = HTTPClient(
            eventLoopGroupProvider: .shared(loop), configuration: Self.configuration(options, peers: peers))
    }

    private static func configuration(_ options: CallOptions, peers: PeerRule?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Shorter than the call: a connection that never comes is then recognised, and nothing was sent.
        configuration.timeout.connect = .nanoseconds(options.timeout.nanoseconds / 2)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(options.connections, 1)
        // Otherwise the client reports a refused connection only after the whole connect time-out.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A connection for each call: if the service cuts one, no other call is lost.
        configuration.httpVersion = .http1Only
        // We do not ask for compression, but read it all the same, up to the length that an answer may have.
        configuration.decompression = .enabled(limit: .size(options.maximumAnswer))
        if let trusted = options.trusted {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.certificates(trusted.certificates)]
            configuration.tlsConfiguration = tls
        }
        if let proxy = options.proxy {
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.login.map { .basic(username: $0.user, password: $0.password) })
        } else if let peers {
            configuration.http1_1ConnectionDebugInitializer = { peers.check($0) }
        }
        return configuration
    }

    func shutdown() async throws {
        try await http.shutdown()
    }

    /// - Parameter maximum: the longest body to read, in bytes, unpacked.
    func answer(
        to request: HTTPClient.Request, of target: CallTarget, maximum: Int, by deadline: NIODeadline
    ) async throws(TransportFailure) -> HTTPAnswer {
        let recorder = CallRecorder(request: request, maximumAnswer: maximum)
        do {
            let response = try await answer(to: request, recorder, by: deadline)
            return HTTPAnswer(
                status: Int(response.status.code), headers: response.headers,
                body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            let failure = TransportFailure(error, requestMayHaveLeft: recorder.requestMayHaveLeft, target: target)
            // A second connection would go by no rule for its peer, and the words for a file name no host anyway.
            guard target.subject == .service else { throw failure }
            let rest = deadline - .now()
            throw await look.explained(failure, of: target, within: .nanoseconds(rest.nanoseconds))
        }
    }

    /// One deadline for head and body also ends a body that drips.
    private func answer(
        to request: HTTPClient.Request, _ recorder: CallRecorder, by deadline: NIODeadline
    ) async throws -> HTTPClient.Response {
        let call = http.execute(request: request, delegate: recorder, deadline: deadline)
        return try await withTaskCancellationHandler {
            try await call.get()
        } onCancel: {
            call.cancel()
        }
    }
}

extension HTTPClient.Request {
    /// Throws what the client makes of a URL that it cannot call.
    init(
        _ method: HTTPMethod, _ target: CallTarget, url: String, headers: HTTPHeaders, body: HTTPClient.Body? = nil
    ) throws(TransportFailure) {
        var headers = headers
        headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
        do {
            try self.init(url: url, method: method, headers: headers, body: body)
        } catch {
            throw TransportFailure(error, requestMayHaveLeft: false, target: target)
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, Int64(Int32.max)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The time from now on.
    var deadline: NIODeadline { .now() + .nanoseconds(nanoseconds) }
}
