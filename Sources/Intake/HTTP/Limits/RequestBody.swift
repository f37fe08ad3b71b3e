import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import Monitoring
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Reads a body, within a size and a time, and once there is a place for it.
struct RequestBody: Sendable {
    /// Bytes.
    let maximum: Int
    let semaphores: BodySemaphores
    /// From the first byte to the last: a body that drips is cut off.
    let deadline: Duration
    /// The configuration key of ``maximum``; nil if there is none.
    var key: String?
    /// Whether room is taken as the bytes come, and not at once for all of them: many slow ones then keep no quick one out.
    var grows = false

    /// Bytes by which the room of a body grows.
    private static let step = 256 << 10

    /// Does `work` with the body of a request with a JSON type. Its place is held until that is done.
    func json<Value>(
        of request: Request, over channel: any Channel, _ work: ([UInt8]) async throws -> Value
    ) async throws -> Value {
        guard request.headers[.contentType].map(Self.isJSON) ?? false else {
            let found = request.headers[.contentType].map { "\"\($0.prefix(80))\"" } ?? "none"
            throw ProblemError(
                Problem(
                    .wrongMediaType, status: 415, title: "The body must be JSON",
                    detail: "expected Content-Type: application/json, found \(found)"))
        }
        return try await bytes(of: request, over: channel, work)
    }

    /// Like ``json(of:over:_:)``, or nil if there is no body.
    func optionalJSON(of request: Request, over channel: any Channel) async throws -> [UInt8]? {
        if request.headers[.contentType] == nil {
            let body = try await bytes(of: request, over: channel) { $0 }
            guard body.isEmpty else { return try await json(of: request, over: channel) { $0 } }
            return nil
        }
        let body = try await json(of: request, over: channel) { $0 }
        return body.isEmpty ? nil : body
    }

    private struct Overdue: Error {}

    func bytes<Value>(
        of request: Request, over channel: any Channel, _ work: ([UInt8]) async throws -> Value
    ) async throws -> Value {
        if let coding = Self.coding(of: request) { throw Self.coded(coding) }
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > maximum { throw tooLarge }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            // A client that sends `Expect: 100-continue` waits for this, or for a second or so.
            try? await channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue))).get()
        }
        var held = 0
        defer { if held > 0 { semaphores.large.leave(held) } }
        // A timer of the connection's own loop: a sleeping task costs more than everything else about a body. It ends
        // the reading, not the connection: a till that cannot send may never look for the answer.
        let timer = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(deadline / .milliseconds(1)))) {
            channel.pipeline.fireErrorCaught(Overdue())
        }
        let bytes: [UInt8]
        do {
            defer { timer.cancel() }
            bytes = try await read(request) { count in
                // A body of unknown length may be of any length.
                let wanted = grows ? min(count + Self.step, length ?? maximum) : length ?? maximum
                guard count > held, wanted > held else { return }
                try await semaphores.large.enter(wanted - held)
                held = wanted
            }
        } catch is Overdue {
            throw ProblemError(
                Problem(
                    .timedOut, status: 408, title: "The body took too long",
                    detail: "the whole body is expected within \(deadline.about)"))
        }
        return try await semaphores.work.pass { try await work(bytes) }
    }

    /// - Parameter makeRoom: called before more than a little is held, with how much that will be.
    private func read(_ request: Request, makeRoom: (Int) async throws -> Void) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var parts = request.body.makeAsyncIterator()
        while let part = try await Self.next(of: &parts) {
            let count = bytes.count + part.readableBytes
            guard count <= maximum else { throw tooLarge }
            if count > BodySemaphores.small { try await makeRoom(count) }
            bytes += part.readableBytesView
        }
        return bytes
    }

    /// A till that goes away in the middle, or frames its body wrongly, is no fault of the gateway's.
    private static func next<Parts: AsyncIteratorProtocol>(of parts: inout Parts) async throws -> Parts.Element? {
        do {
            return try await parts.next()
        } catch {
            if error is Overdue || error is CancellationError { throw error }
            throw ProblemError(.badRequest("the body broke off, or is not framed as HTTP/1.1 has it"))
        }
    }

    /// How the body is compressed, if it is. NIO decodes only chunks of `Transfer-Encoding`.
    private static func coding(of request: Request) -> String? {
        for (name, plain) in [(HTTPField.Name.contentEncoding, "identity"), (.transferEncoding, "chunked")] {
            let codings = (request.headers[name] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
            if let coding = codings.first(where: { $0.lowercased() != plain }) { return "\(name) \(coding.prefix(40))" }
        }
        return nil
    }

    private static func coded(_ coding: String) -> ProblemError {
        ProblemError(
            Problem(
                .wrongMediaType, status: 415, title: "The body must not be compressed",
                detail: "send it uncompressed: \(coding) is not taken"),
            acceptEncoding: "identity")
    }

    private var tooLarge: ProblemError {
        let key = key.map { " (\($0))" } ?? ""
        return ProblemError(
            Problem(
                .tooLarge, status: 413, title: "The body is too large",
                detail: "expected at most \(maximum) bytes\(key)"))
    }

    /// `application/json` and `application/*+json`, with any parameters.
    private static func isJSON(_ contentType: String) -> Bool {
        if contentType == "application/json" { return true }
        let type = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}
