import HTTPTypes
import Hummingbird
import NIOCore
import TillAPI

/// Takes in a body, within a size and a time.
struct RequestBody: Sendable {
    /// Bytes.
    let maximum: Int
    /// From the first byte to the last: a body that drips is cut off.
    let deadline: Duration

    /// The body of a request whose type says JSON.
    func json(of request: Request) async throws -> [UInt8] {
        guard request.headers[.contentType].map(Self.isJSON) ?? false else {
            let found = request.headers[.contentType].map { "\"\($0.prefix(80))\"" } ?? "none"
            throw ProblemError(
                Problem(
                    .wrongMediaType, status: 415, title: "The body must be JSON",
                    detail: "expected Content-Type: application/json, found \(found)"))
        }
        return try await bytes(of: request)
    }

    /// As ``json(of:)``, or nil where there is no body.
    func optionalJSON(of request: Request) async throws -> [UInt8]? {
        if request.headers[.contentType] == nil {
            let body = try await bytes(of: request)
            guard body.isEmpty else { return try await json(of: request) }
            return nil
        }
        let body = try await json(of: request)
        return body.isEmpty ? nil : body
    }

    private func bytes(of request: Request) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximum { throw tooLarge }
        let deadline = deadline
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                do {
                    return Array(try await request.body.collect(upTo: maximum).readableBytesView)
                } catch is NIOTooManyBytesError {
                    throw tooLarge
                }
            }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw ProblemError(
                    Problem(
                        .timedOut, status: 408, title: "The body took too long",
                        detail: "the whole body is expected within \(deadline)"))
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private var tooLarge: ProblemError {
        ProblemError(
            Problem(
                .tooLarge, status: 413, title: "The body is too large",
                detail: "expected at most \(maximum) bytes (intake.max_body)"))
    }

    /// `application/json` and `application/*+json`, whatever the parameters.
    private static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}
