import HTTPCalls
import NIOHTTP1

/// Calls for tests.
enum Calls {
    static func options(
        timeout: Duration = .seconds(3), trusted: String? = nil, proxy: HTTPProxy? = nil, maximumAnswer: Int = 1 << 20
    ) throws -> CallOptions {
        CallOptions(
            to: CalledService("Slime", table: "slime"), timeout: timeout, connections: 4,
            trusted: try trusted.map { try CertificateFile(path: $0) }, proxy: proxy, maximumAnswer: maximumAnswer)
    }

    static func open<Value: Sendable>(
        _ options: CallOptions, _ body: (HTTPCaller) async throws -> Value
    ) async throws -> Value {
        let caller = HTTPCaller(options)
        do {
            let value = try await body(caller)
            try await caller.shutdown()
            return value
        } catch {
            try await caller.shutdown()
            throw error
        }
    }

    /// One call that is to fail.
    static func failure(
        _ url: String, _ options: CallOptions, body: String = "{}"
    ) async throws -> TransportFailure? {
        try await open(options) { caller in
            do throws(TransportFailure) {
                _ = try await caller.post(body, to: url, headers: ["Content-Type": "application/json"])
                return nil
            } catch {
                return error
            }
        }
    }
}
