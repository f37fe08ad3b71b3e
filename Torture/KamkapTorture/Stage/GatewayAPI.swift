import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The gateway as a till and its staff reach it.
struct GatewayAPI: Sendable {
    let socket: String

    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: {
            var configuration = HTTPClient.Configuration(
                timeout: .init(connect: .seconds(2)),
                connectionPool: .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 64))
            // A dead gateway refuses connections: the till tries again by itself.
            configuration.connectionPool.retryConnectionEstablishment = false
            return configuration
        }())

    static func shutdown() async { try? await client.shutdown() }

    /// The status and the body; throws if the connection broke off.
    func request(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, within limit: Duration = .seconds(15)
    ) async throws -> (status: Int, body: Data) {
        try await request(method, path, body.map { ("application/json", Array($0.utf8)) }, within: limit)
    }

    func request(
        _ method: HTTPMethod, _ path: String, _ body: (type: String, bytes: [UInt8])?, within limit: Duration
    ) async throws -> (status: Int, body: Data) {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else {
            throw TortureError("\(socket) is no socket's path")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: body.type)
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response = try await Self.client.execute(request, timeout: TimeAmount(limit))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return (Int(response.status.code), Data(bytes.readableBytesView))
    }

    /// Posts a sale as a till does: again and again until it is acknowledged. Throws if it never is.
    func post(_ sale: NumberedSale, within limit: Duration) async throws {
        try await untilTaken("sale \(sale.number)", within: limit) { try await request(.POST, "/v1/sales", sale.json) }
    }

    /// Hands in a slip in the same way.
    func post(_ slip: NumberedSlip, within limit: Duration) async throws {
        try await untilTaken("slip \(slip.number)", within: limit) {
            try await request(.POST, slip.path, ("image/png", slip.picture), within: .seconds(15))
        }
    }

    private func untilTaken(
        _ what: String, within limit: Duration, _ attempt: () async throws -> (status: Int, body: Data)
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            if let answer = try? await attempt() {
                switch answer.status {
                case 200, 201, 202: return
                case 503, 507: break
                case let status:
                    throw TortureError("\(what): \(status) \(String(decoding: answer.body, as: UTF8.self))")
                }
            }
            guard ContinuousClock.now < deadline else {
                throw TortureError("\(what) was not acknowledged within \(limit)")
            }
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    /// Whether somebody answers.
    func isUp() async -> Bool {
        (try? await request(.GET, "/healthz", within: .seconds(2)))?.status == 200
    }

    func untilUp(within limit: Duration = .seconds(30)) async throws {
        let deadline = ContinuousClock.now + limit
        while await !isUp() {
            guard ContinuousClock.now < deadline else { throw TortureError("the gateway is not up after \(limit)") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
