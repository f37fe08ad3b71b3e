import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Journey
import Outbox
import Sales

/// What staff have done about a sale's document at its provider.
struct StaffSaleRoutes: Sendable {
    let sales: SaleOperations
    let smallBody: RequestBody

    func add(to sales: RouterGroup<GatewayRequestContext>) {
        sales.delete(":id/document", use: withdraw)
        sales.post(":id/tax-invoice", use: makeInvoice)
        sales.get(":id/tax-invoice", use: showInvoice)
    }

    /// 202 if the provider has not done it yet: it is owed, and goes on.
    @Sendable private func withdraw(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("a document is withdrawn")
        let view = try await sales.withdraw(try context.transactionID())
        let isDone = if case .done = view.record.registration.withdrawal { true } else { false }
        return .json(SaleResource(view).json, status: isDone ? .ok : .accepted)
    }

    @Sendable private func makeInvoice(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("a tax invoice is made out")
        let id = try context.transactionID()
        let asked = try await smallBody.json(of: request, over: context.channel) { try InvoiceRequest($0) }
        let invoice = try await sales.makeInvoice(of: id, for: asked.buyer, asked.way)
        return .json(ProviderJobResource(invoice).json, status: invoice.state == .ready ? .created : .accepted)
    }

    @Sendable private func showInvoice(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        .json(ProviderJobResource(try await sales.invoice(of: try context.transactionID())).json)
    }
}

/// `{"buyer":{…}}`, with `"adopt":"DOCUMENT_ID"` or `"anew":true` for one of unknown end.
struct InvoiceRequest {
    /// Judged with the sale.
    let buyer: JSONObject
    let way: InvoiceWay

    init(_ body: [UInt8]) throws {
        var reader = try StaffRequest(body, known: ["buyer", "adopt", "anew"])
        let buyer = reader.object("buyer")
        let document = reader.documentID("adopt")
        let isAnew = reader.flag("anew") ?? false
        if document != nil, isAnew { reader.add("anew", "there is adopt as well: leave one of the two out") }
        way = document.map { .adopting(documentID: $0) } ?? (isAnew ? .anew : .again)
        if buyer == nil { reader.add("buyer", "required, but missing") }
        try reader.finish()
        self.buyer = buyer ?? [:]
    }
}

extension ProviderJobResource {
    init(_ view: InvoiceView) {
        self.init()
        provider = view.provider.rawValue
        state = view.state.rawValue
        attempts = view.attempts
        serviceURL = view.link
        documentID = view.documentID
        lastError = view.lastError.map { ErrorResource($0) }
        nextAttemptAt = view.nextAttemptAt
    }
}
