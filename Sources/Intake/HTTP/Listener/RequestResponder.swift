import FaultPoints
import GatewayAPI
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Answers one request after the other on a connection, and ends connections that would hold their place for nothing.
struct RequestResponder: Sendable {
    let rules: ListenerRules
    let rejectedRequests: RejectedRequestLog
    let responder: RouterResponder<GatewayRequestContext>
    let book: ConnectionRegistry
    let logger: Logger

    @Sendable func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let isWelcome = book.begin(channel)
        var response = isWelcome ? await response(to: request, over: channel) : Self.crowded
        rules.origins.mark(&response, to: request)
        // A till that does not read its answer is given up. A stream has no length and ends by its own rules.
        let deadline = response.body.contentLength == nil ? nil : rules.limits.answerDeadline
        let giveUp = deadline.map { deadline in
            channel.eventLoop.scheduleTask(in: .init(deadline)) { channel.close(promise: nil) }
        }
        defer { giveUp?.cancel() }
        do {
            try await writer.write(response: response.head, body: response.body)
            FaultPoint.tillAnswered.pass()
        } catch {
            _ = book.end(channel)
            throw error
        }
        let turn = book.end(channel)
        if !isWelcome || (request.method != .get && Self.mayLeaveBody(response.status)) {
            channel.eventLoop.scheduleTask(in: .init(rules.limits.lingering)) { [book] in
                if book.isIdle(channel, since: turn) { channel.close(promise: nil) }
            }
        }
    }

    /// Answers that are given before the body was read, or in the middle of it.
    private static func mayLeaveBody(_ status: HTTPResponse.Status) -> Bool {
        switch status.code {
        case 401, 403, 404, 405, 408, 413, 415, 503: true
        default: false
        }
    }

    private static var crowded: Response {
        var response = ProblemError(
            Problem(
                .unavailable, status: 503, title: "Too many connections",
                detail: "every connection that the gateway allows is busy; try again"),
            retryAfter: .seconds(1)
        ).response
        response.headers[.connection] = "close"
        return response
    }

    /// RFC 9110, section 9.3.6. The connection ends with it: what follows might be meant for the tunnel.
    private static var noTunnel: Response {
        var response = ProblemError(
            Problem(
                .wrongMethod, status: 405, title: "Not with this method",
                detail: "the gateway is no proxy: ask it by a path, such as GET /v1/status")
        ).response
        response.headers[.allow] = "GET, HEAD, POST, PUT, DELETE"
        return response
    }

    private static var unauthorized: Response {
        var response = ProblemError(
            Problem(
                .unauthorized, status: 401, title: "The token is missing or wrong",
                detail:
                    "expected the header Authorization: Bearer, with the token of the gateway's intake.token_file or intake.staff_token_file"
            )
        ).response
        response.headers[.wwwAuthenticate] = "Bearer"
        return response
    }

    /// Problems are answers as well; only what no route foresaw arrives here.
    private func response(to request: Request, over channel: any Channel) async -> Response {
        // A browser's preflight comes without the token.
        if let answer = rules.origins.preflight(request) { return answer }
        guard let caller = rules.access.caller(of: request) else {
            rejectedRequests.record(channel)
            return Self.unauthorized
        }
        // No browser reaches the Unix socket.
        if rules.access.isNetwork, let refusal = rules.origins.refusal(of: request) { return refusal }
        if request.method == .connect { return Self.noTunnel }
        do {
            return try await responder.respond(
                to: request,
                context: GatewayRequestContext(
                    source: .init(channel: channel, logger: logger), access: rules.access, caller: caller))
        } catch {
            return Response(status: .internalServerError)
        }
    }
}
