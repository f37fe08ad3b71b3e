import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TillAPI

/// Takes in a body, within a size and a time, and once there is a place for it.
struct RequestBody: Sendable {
    /// Bytes.
    let maximum: Int
    let gates: BodyGates
    /// From the first byte to the last: a body that drips is cut off.
    let deadline: Duration
    /// The configuration's key of ``maximum``; nil where there is none.
    var key: String?

    /// Does `work` with the body of a request whose type says JSON. Its place is held until that is done.
    func json<Value>(of request: Request, _ work: ([UInt8]) async throws -> Value) async throws -> Value {
        guard request.headers[.contentType].map(Self.isJSON) ?? false else {
            let found = request.headers[.contentType].map { "\"\($0.prefix(80))\"" } ?? "none"
            throw ProblemError(
                Problem(
                    .wrongMediaType, status: 415, title: "The body must be JSON",
                    detail: "expected Content-Type: application/json, found \(found)"))
        }
        return try await bytes(of: request, work)
    }

    /// As ``json(of:_:)``, or nil where there is no body.
    func optionalJSON(of request: Request) async throws -> [UInt8]? {
        if request.headers[.contentType] == nil {
            let body = try await bytes(of: request) { $0 }
            guard body.isEmpty else { return try await json(of: request) { $0 } }
            return nil
        }
        let body = try await json(of: request) { $0 }
        return body.isEmpty ? nil : body
    }

    private func bytes<Value>(of request: Request, _ work: ([UInt8]) async throws -> Value) async throws -> Value {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > maximum { throw tooLarge }
        let held = Mutex(0)
        defer {
            let places = held.withLock(\.self)
            if places > 0 { gates.large.leave(places) }
        }
        let bytes = try await read(request) {
            // One that does not say how long it is may be as long as any.
            let places = length ?? maximum
            try await gates.large.enter(places)
            held.withLock { $0 = places }
        }
        return try await gates.work.pass { try await work(bytes) }
    }

    /// - Parameter becomesLarge: called once, before more than a little is held.
    private func read(
        _ request: Request, becomesLarge: @escaping @Sendable () async throws -> Void
    ) async throws -> [UInt8] {
        let deadline = deadline
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                var isLarge = false
                for try await part in request.body {
                    guard bytes.count + part.readableBytes <= maximum else { throw tooLarge }
                    if !isLarge, bytes.count + part.readableBytes > BodyGates.small {
                        isLarge = true
                        try await becomesLarge()
                    }
                    bytes += part.readableBytesView
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw ProblemError(
                    Problem(
                        .timedOut, status: 408, title: "The body took too long",
                        detail: "the whole body is expected within \(deadline.about)"))
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private var tooLarge: ProblemError {
        let key = key.map { " (\($0))" } ?? ""
        return ProblemError(
            Problem(
                .tooLarge, status: 413, title: "The body is too large",
                detail: "expected at most \(maximum) bytes\(key)"))
    }

    /// `application/json` and `application/*+json`, whatever the parameters.
    private static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}
