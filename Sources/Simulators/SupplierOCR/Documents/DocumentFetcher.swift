import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Fetches what a job's URL leads to. It calls nothing but this machine.
struct DocumentFetcher: Sendable {
    struct Fault: Error {
        let message: String
    }

    private let http: HTTPClient
    private let timeout: TimeAmount
    private let maximum: Int

    init(timeout: Duration, maximum: Int) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        var tls = TLSConfiguration.makeClientConfiguration()
        // On this machine nobody stands in between, and no authority signs for it.
        tls.certificateVerification = .none
        configuration.tlsConfiguration = tls
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
        self.timeout = TimeAmount(timeout)
        self.maximum = maximum
    }

    func shutdown() async throws { try await http.shutdown() }

    func fetch(_ url: String) async throws(Fault) -> [UInt8] {
        guard let host = URL(string: url)?.host(), Self.isOnThisMachine(host) else {
            throw Fault(message: "the document's host is not on this machine")
        }
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            response = try await http.execute(HTTPClientRequest(url: url), timeout: timeout)
            body = try await response.body.collect(upTo: maximum)
        } catch is NIOTooManyBytesError {
            throw Fault(message: "the document is too long")
        } catch {
            throw Fault(message: "the document cannot be fetched")
        }
        guard response.status == .ok else {
            throw Fault(message: "the document cannot be fetched: HTTP \(response.status.code)")
        }
        return Array(body.readableBytesView)
    }

    private static func isOnThisMachine(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }
}
