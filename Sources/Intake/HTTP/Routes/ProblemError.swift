import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import Runtime
import Sales

/// A problem on its way to the till, with its headers.
struct ProblemError: Error {
    let problem: Problem
    var retryAfter: Duration?
    /// Accepted content codings (RFC 9110, section 12.5.3).
    var acceptEncoding: String?

    init(_ problem: Problem, retryAfter: Duration? = nil, acceptEncoding: String? = nil) {
        self.problem = problem
        self.retryAfter = retryAfter
        self.acceptEncoding = acceptEncoding
    }

    init(_ refusal: OperationError) {
        switch refusal {
        case .notJSON(let error):
            self.init(Problem(.notJSON, status: 400, title: "The body is not JSON", detail: error.description))
        case .invalid(let faults): self.init(.invalid(.invalidSale, "The sale is not valid", faults))
        case .invalidRequest(let faults): self.init(.invalid(.invalidRequest, "The request is not valid", faults))
        case .conflict(let id):
            self.init(
                Problem(
                    .conflict, status: 409, title: "Another sale has this id",
                    detail:
                        "the sale \(id) was accepted before with other content; a new sale needs a new transaction_id"))
        case .notFound(let detail): self.init(Problem.notFound(detail))
        case .wrongState(let detail):
            self.init(Problem(.conflict, status: 409, title: "The present state does not allow it", detail: detail))
        case .unsupported(let detail):
            let fault = SaleFault(pointer: "", detail: detail)
            self.init(.invalid(.invalidRequest, "The sale's provider cannot do that", [fault]))
        case .unavailable(let detail, let retryAfter, _):
            self.init(
                Problem(.unavailable, status: 503, title: "The gateway cannot do it now", detail: detail),
                retryAfter: retryAfter)
        case .notYet(let detail, let retryAfter):
            self.init(
                Problem(.unavailable, status: 503, title: "Not made yet", detail: detail), retryAfter: retryAfter)
        case .busy(let detail):
            self.init(
                Problem(.unavailable, status: 503, title: "The gateway cannot do it now", detail: detail),
                retryAfter: .seconds(1))
        case .printerUnavailable(let detail, let retryAfter, _):
            self.init(
                Problem(.printerUnavailable, status: 503, title: "The printer cannot do it now", detail: detail),
                retryAfter: retryAfter)
        case .diskFull(let detail):
            self.init(Problem(.diskFull, status: 507, title: "Disk space is short", detail: detail))
        }
    }

    var response: Response {
        var response = Response(
            status: .init(code: problem.status), headers: [.contentType: Problem.mediaType],
            body: .init(byteBuffer: ByteBuffer(bytes: problem.json.bytes)))
        if let retryAfter {
            response.headers[.retryAfter] = "\(max(1, retryAfter.components.seconds))"
        }
        if let acceptEncoding { response.headers[.acceptEncoding] = acceptEncoding }
        return response
    }
}

extension Problem {
    static func notFound(_ detail: String) -> Problem {
        Problem(.notFound, status: 404, title: "Not found", detail: detail)
    }

    /// Every fault, and the first of them in the detail as well.
    fileprivate static func invalid(_ kind: Kind, _ title: String, _ faults: [SaleFault]) -> Problem {
        let count = faults.count == 1 ? "1 fault" : "\(faults.count) faults"
        let first = faults.first.map { "; the first: \($0)" } ?? ""
        return Problem(kind, status: 422, title: title, detail: count + first, errors: faults)
    }

    static func badRequest(_ detail: String) -> Problem {
        Problem(.invalidRequest, status: 400, title: "The request is not understood", detail: detail)
    }
}

/// Turns every error of a route into problem details.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayRequestContext,
        next: (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as ProblemError {
            return error.response
        } catch let refusal as OperationError {
            return ProblemError(refusal).response
        } catch let error as any HTTPResponseError {
            let status = error.status
            if status == .notFound {
                return ProblemError(Problem.notFound("no route for \(request.method) on this path"))
                    .response
            }
            return ProblemError(
                Problem(
                    .invalidRequest, status: status.code, title: status.reasonPhrase, detail: "the request was refused")
            ).response
        } catch is CancellationError {
            return ProblemError(
                Problem(.unavailable, status: 503, title: "Stopping", detail: "the gateway is stopping"),
                retryAfter: .seconds(5)
            ).response
        } catch {
            context.logger.error("request failed", metadata: [LogKey.error: "\(type(of: error))"])
            return ProblemError(
                Problem(.failed, status: 500, title: "The gateway failed", detail: "see its log for what went wrong")
            ).response
        }
    }
}
