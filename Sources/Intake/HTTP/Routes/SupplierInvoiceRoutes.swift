import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import OCRInvoice
import Outbox

/// `/v1/supplier-invoices`: for staff. The documents themselves come as files.
struct SupplierInvoiceRoutes: Sendable {
    /// Nil if no suppliers' invoices are taken.
    let invoices: SupplierInvoiceOperations?

    func add(to invoices: RouterGroup<GatewayRequestContext>) {
        invoices.get(use: list)
        invoices.get("remote", use: remote)
        invoices.get(":number", use: show)
        invoices.post(":number/redo", use: redo)
        invoices.delete(":number", use: remove)
    }

    @Sendable private func list(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let invoices = try configured(context)
        let query = try SupplierInvoiceQuery(request.uri.queryParameters)
        let page = try await invoices.list(state: query.state, limit: query.limit, after: query.after)
        return .privately(
            SupplierInvoicePage(
                invoices: page.views.map { SupplierInvoiceResource($0) }, next: page.next.map(String.init)
            ).json)
    }

    @Sendable private func show(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let invoices = try configured(context)
        let number = try number(context)
        let view = try await invoices.invoice(number)
        let reading = try await invoices.reading(of: number).flatMap { bytes -> JSONObject? in
            if case .object(let object)? = try? JSONParser.parse(bytes) { object } else { nil }
        }
        return .privately(SupplierInvoiceDetail(invoice: SupplierInvoiceResource(view), reading: reading).json)
    }

    @Sendable private func redo(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let invoices = try configured(context)
        return .privately(SupplierInvoiceResource(try await invoices.redo(try number(context))).json)
    }

    @Sendable private func remove(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let invoices = try configured(context)
        return .privately(SupplierInvoiceResource(try await invoices.remove(try number(context))).json)
    }

    @Sendable private func remote(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let invoices = try configured(context)
        let query = try RemoteJobQuery(request.uri.queryParameters)
        let page = try await invoices.remote(search: query.search, from: query.offset, size: query.limit)
        return .privately(RemoteJobPage(page, after: query).json)
    }

    /// What suppliers sell to a shop is nothing for its tills.
    private func configured(_ context: GatewayRequestContext) throws -> SupplierInvoiceOperations {
        try context.requireStaff("suppliers' invoices are seen")
        guard let invoices else {
            throw OperationError.unavailable(
                "this gateway takes no suppliers' invoices: its configuration has no table [supplier_invoices]",
                retryAfter: .seconds(60), isUndone: true)
        }
        return invoices
    }

    /// An impossible number counts as not found.
    private func number(_ context: GatewayRequestContext) throws -> Int64 {
        let text = try context.parameter("number")
        guard let number = Int64(text), number > 0, "\(number)" == text else {
            throw ProblemError(Problem.notFound("there is no supplier's invoice of this number"))
        }
        return number
    }
}
