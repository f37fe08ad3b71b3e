import AsyncHTTPClient
import Foundation
import NIOCore
public import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Calls one service over kept-alive connections. Every call has one deadline as a whole, and is sent only once.
public struct HTTPCaller: Sendable {
    private let options: CallOptions
    private let http: HTTPClient
    private let look: ConnectionProbe

    public init(_ options: CallOptions) {
        self.options = options
        // One loop: the recorder then hears everything in the order in which it happened.
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        look = ConnectionProbe(loop: loop, proxy: options.proxy)
        http = HTTPClient(eventLoopGroupProvider: .shared(loop), configuration: Self.configuration(options))
    }

    private static func configuration(_ options: CallOptions) -> HTTPClient.Configuration {
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
        }
        return configuration
    }

    /// Closes the connections; do not use the caller after that.
    public func shutdown() async throws {
        try await http.shutdown()
    }

    public func post(
        _ body: String, to url: String, headers: HTTPHeaders
    ) async throws(TransportFailure) -> HTTPAnswer {
        let target = CallTarget(url: url, options: options)
        let request: HTTPClient.Request
        do {
            var headers = headers
            headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
            request = try HTTPClient.Request(url: url, method: .POST, headers: headers, body: .string(body))
        } catch {
            throw TransportFailure(error, requestMayHaveLeft: false, target: target)
        }
        let recorder = CallRecorder(request: request, maximumAnswer: options.maximumAnswer)
        let begun = ContinuousClock.now
        do {
            let response = try await answer(to: request, recorder)
            return HTTPAnswer(
                status: Int(response.status.code), headers: response.headers,
                body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            let failure = TransportFailure(error, requestMayHaveLeft: recorder.requestMayHaveLeft, target: target)
            throw await look.explained(failure, of: target, within: options.timeout - (ContinuousClock.now - begun))
        }
    }

    /// One deadline for head and body also ends a body that drips.
    private func answer(
        to request: HTTPClient.Request, _ recorder: CallRecorder
    ) async throws -> HTTPClient.Response {
        let call = http.execute(
            request: request, delegate: recorder, deadline: .now() + .nanoseconds(options.timeout.nanoseconds))
        return try await withTaskCancellationHandler {
            try await call.get()
        } onCancel: {
            call.cancel()
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, Int64(Int32.max)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
