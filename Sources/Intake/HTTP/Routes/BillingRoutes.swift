import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import Outbox
import RemoteServices
import Sales

/// `/v1/billing`: bills, the books beside them, and the key of the provider's account. Only for users of this machine.
struct BillingRoutes: Sendable {
    let billing: BillingOperations
    let body: RequestBody

    func add(to billing: RouterGroup<GatewayRequestContext>) {
        billing.get("calls", use: calls)
        billing.get("token", use: checkToken)
        billing.post("token", use: writeToken)
        billing.delete("token", use: revokeToken)
        billing.get(":book", use: list)
        billing.post(":book", use: add)
        billing.get(":book/:id", use: show)
        billing.put(":book/:id", use: change)
        billing.delete(":book/:id", use: remove)
        billing.post(":book/:id/paid", use: confirm)
        billing.post(":book/:id/decline", use: decline)
        billing.get(":book/:id/log", use: log)
    }

    // MARK: Books

    @Sendable private func list(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let book = try context.book()
        let page = try await billing.list(book, try BillingQuery(request.uri.queryParameters).values)
        return .privately(
            BillingPageResource(entries: page.entries, total: page.total, next: page.next).json)
    }

    @Sendable private func show(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let entry = try await billing.show(try context.book(), try context.parameter("id"))
        return .privately(BillingEntryResource(entry).json)
    }

    @Sendable private func add(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let book = try context.book()
        let query = try BillingQuery(request.uri.queryParameters)
        return try await write(
            BillingCall(.add(book), query: query.values, body: try await object(of: request, context)),
            anew: query.isAnew)
    }

    @Sendable private func change(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let book = try context.book()
        return try await write(
            BillingCall(
                .change(book), id: try context.parameter("id"), body: try await object(of: request, context)))
    }

    @Sendable private func remove(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try await write(BillingCall(.remove(try context.book()), id: try context.parameter("id")))
    }

    private func write(_ call: BillingCall, anew: Bool = false) async throws -> Response {
        let result = try await billing.write(call, anew: anew)
        return .privately(BillingResultResource(result).json)
    }

    // MARK: One bill

    @Sendable private func confirm(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.bill()
        let payment = try BillingPayment(try await object(of: request, context))
        let call = BillingCall(.confirmPayment, id: id, body: payment.body)
        return .privately(
            BillingResultResource(try await billing.settlePayment(call, differs: payment.differs)).json)
    }

    @Sendable private func decline(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let call = BillingCall(
            .declinePayment, id: try context.bill(), body: try await object(of: request, context))
        return .privately(BillingResultResource(try await billing.settlePayment(call)).json)
    }

    @Sendable private func log(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        .privately(BillLogResource(try await billing.log(ofBill: try context.bill())).json)
    }

    // MARK: The journal and the key

    @Sendable private func calls(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireBilling()
        let parameters = request.uri.queryParameters
        try parameters.check(known: ["limit", "after"])
        let limit = try ListLimit(parameters).count
        let after = try parameters["after"].map { text in
            guard let cursor = Int64(text), cursor > 0 else {
                throw ProblemError(Problem.badRequest("after: expected the \"next\" of an earlier answer"))
            }
            return cursor
        }
        let found = try await billing.calls(before: after, limit: limit)
        let next = found.count == limit ? found.last.map { String($0.seq) } : nil
        return .privately(BillingCallList(calls: found.map { BillingCallResource($0) }, next: next).json)
    }

    @Sendable private func checkToken(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireBilling()
        try await billing.checkAuthorization()
        return .json(TokenResource("authorized").json)
    }

    @Sendable private func writeToken(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireBilling()
        let asked = try await body.json(of: request, over: context.channel) { try TokenFileRequest($0) }
        try await billing.writeToken(asked.isNew ? .new : .current, to: asked.path)
        return .json(TokenResource("written", path: asked.path).json)
    }

    @Sendable private func revokeToken(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireBilling()
        try await billing.revokeToken()
        return .json(TokenResource("revoked").json)
    }

    private func object(of request: Request, _ context: GatewayRequestContext) async throws -> JSONObject {
        try await body.json(of: request, over: context.channel) { bytes in
            let value: JSONValue
            do throws(JSONSyntaxError) { value = try JSONParser.parse(bytes) } catch {
                throw OperationError.notJSON(error)
            }
            guard case .object(let object) = value else {
                throw OperationError.invalidRequest([
                    SaleFault(pointer: "", detail: "expected an object, found \(value.kind)")
                ])
            }
            return object
        }
    }
}

extension GatewayRequestContext {
    fileprivate func requireBilling() throws { try requireLocal("bills and their books are kept") }

    fileprivate func book() throws -> BillingBook {
        try requireBilling()
        let name = try parameter("book")
        guard let book = BillingBook(rawValue: name) else {
            let known = BillingBook.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProblemError(Problem.notFound("there is no such book; there are \(known)"))
        }
        return book
    }

    /// The id of a bill, whose payment has a path of its own.
    fileprivate func bill() throws -> String {
        guard try book() == .bills else { throw ProblemError(Problem.notFound("only a bill has payments and a log")) }
        return try parameter("id")
    }
}
