import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Journey
import NIOCore
import Outbox
import Sales

/// `/v1/sales`: thin; the operations decide.
struct SaleRoutes: Sendable {
    let sales: SaleOperations
    let body: RequestBody
    /// For requests that are no sale.
    let smallBody: RequestBody
    let idempotent: IdempotentRequests

    func add(to sales: RouterGroup<GatewayRequestContext>) {
        sales.post(use: submit)
        sales.get(use: list)
        sales.get(":id", use: show)
        sales.post(":id/reprint", use: reprint)
        sales.post(":id/retry", use: retry)
        sales.delete(":id/prints/:number", use: cancel)
    }

    @Sendable private func submit(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let wait = try WaitQuery(request.uri.queryParameters)
        let peer = await context.peer()
        // A request that only waits holds no place any more.
        let accepted = try await body.json(of: request, over: context.channel) {
            try await sales.accept($0, from: .till(peer))
        }
        var view = accepted.view
        if let wait {
            view = try await sales.sale(view.record.id, reaching: wait.goal, within: wait.timeout)
        }
        return .json(SaleResource(view).json, status: accepted.isNew ? .created : .ok)
    }

    @Sendable private func show(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        .json(SaleResource(try await sales.sale(try context.transactionID())).json)
    }

    @Sendable private func list(_ request: Request, _: GatewayRequestContext) async throws -> Response {
        let query = try ListQuery(request.uri.queryParameters)
        let page = try await sales.sales(
            query.filter, registration: query.registration, before: query.after, limit: query.limit)
        return .json(SalePage(sales: page.views.map { SaleResource($0) }, next: page.next.map(String.init)).json)
    }

    @Sendable private func reprint(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        let asked = try ReprintRequest(try await smallBody.optionalJSON(of: request, over: context.channel))
        let operation = ["reprint", id.text, asked.kind.rawValue, asked.printer ?? ""]
        return try await idempotent.answer(request, asking: operation) {
            (.accepted, PrintResource(try await sales.reprint(id, kind: asked.kind, on: asked.printer)).json)
        }
    }

    @Sendable private func cancel(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        guard let number = Int(try context.parameter("number")) else {
            throw ProblemError(Problem.notFound("a print's number counts from 1 within the sale"))
        }
        return .json(PrintResource(try await sales.cancelPrint(number, of: id)).json)
    }

    @Sendable private func retry(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("a sale is sent again")
        let id = try context.transactionID()
        let asked = try RetryRequest(try await smallBody.optionalJSON(of: request, over: context.channel))
        return .json(SaleResource(try await sales.retry(id, asked.retry)).json)
    }
}

extension Response {
    /// What is about people does not stay in a cache.
    static func privately(_ value: JSONValue) -> Response {
        var response = Response.json(value)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }
}
