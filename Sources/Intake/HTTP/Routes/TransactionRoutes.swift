import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Sales

/// What the provider has, by a sale's id and by a tag, and a sale's tags.
struct TransactionRoutes: Sendable {
    let transactions: TransactionOperations
    let body: RequestBody

    func add(to router: Router<GatewayRequestContext>) {
        router.get("v1/sales/:id/transaction", use: show)
        router.put("v1/sales/:id/tags", use: setTags)
        router.get("v1/transactions", use: list)
    }

    @Sendable private func show(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        // It may be somebody else's.
        try context.requireStaff("the provider is asked what it has under a sale's id")
        let id = try context.transactionID()
        let found = try await transactions.transaction(of: id)
        return .json(SaleTransactionResource(found).json)
    }

    @Sendable private func list(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        // By a tag with a tax or national id it finds all that a person has bought in every store of the project.
        try context.requireStaff("transactions are listed")
        let query = try TagQuery(request.uri.queryParameters)
        let found = try await transactions.transactions(tagged: query.tag, including: query.documents)
        var response = Response.json(TransactionList(found.map { TransactionResource($0) }).json)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable private func setTags(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        let asked = try await body.json(of: request, over: context.channel) { try TagsRequest($0) }
        try await transactions.setTags(asked.tags, of: id)
        return .json(TagsResource(asked.tags).json)
    }
}
