import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Outbox
import Sales
import Slips

/// `/v1/slips`, and the slips of a sale. Nothing waits for one but the request that says so.
struct SlipRoutes: Sendable {
    /// Nil if no slips are taken.
    let slips: SlipOperations?
    let picture: RequestBody

    func add(to router: Router<GatewayRequestContext>) {
        router.post("v1/sales/:id/slips", use: submitOfSale)
        router.post("v1/slips", use: submit)
        router.get("v1/slips", use: list)
        router.get("v1/slips/:id", use: show)
        router.delete("v1/slips/:id", use: removePicture)
        router.post("v1/slips/:id/retry", use: retry)
    }

    @Sendable private func submitOfSale(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let slips = try configured()
        let query = try SlipQuery(request.uri.queryParameters, of: try context.transactionID())
        return try await submit(request, query, to: slips, context)
    }

    @Sendable private func submit(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let slips = try configured()
        return try await submit(request, try SlipQuery(request.uri.queryParameters), to: slips, context)
    }

    private func submit(
        _ request: Request, _ query: SlipQuery, to slips: SlipOperations, _ context: GatewayRequestContext
    ) async throws -> Response {
        // Nobody sends a whole picture to learn that its sale is not here.
        try await slips.requireSale(of: query.target)
        // A request that only waits holds no place any more.
        let taken = try await picture.picture(of: request, over: context.channel) { image in
            try await slips.submit(image, query.target)
        }
        var view = taken.view
        if let wait = query.wait { view = try await slips.checked(view.record.id, within: wait) }
        return .json(SlipResource(view).json, status: taken.isNew ? .accepted : .ok)
    }

    @Sendable private func list(_ request: Request, _: GatewayRequestContext) async throws -> Response {
        let slips = try configured()
        let query = try SlipListQuery(request.uri.queryParameters)
        let page = try await slips.list(state: query.state, limit: query.limit, after: query.after)
        return .json(SlipPage(slips: page.views.map { SlipResource($0) }, next: page.next.map(String.init)).json)
    }

    @Sendable private func show(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        .json(SlipResource(try await configured().slip(try id(context))).json)
    }

    /// 200 with the slip, which stays without its picture.
    @Sendable private func removePicture(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("a slip's picture is removed")
        return .json(SlipResource(try await configured().removeImage(try id(context))).json)
    }

    @Sendable private func retry(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("a slip is read again, and charged again,")
        return .json(SlipResource(try await configured().retry(try id(context))).json)
    }

    private func configured() throws(OperationError) -> SlipOperations {
        guard let slips else {
            throw .unavailable(
                "this gateway takes no payment slips: its configuration has no table [slips]", retryAfter: .seconds(60),
                isUndone: true)
        }
        return slips
    }

    /// An impossible id counts as not found.
    private func id(_ context: GatewayRequestContext) throws -> SlipID {
        guard let id = SlipID(try context.parameter("id")) else {
            throw ProblemError(Problem.notFound("there is no slip of this id; an id has \(SlipID.rule)"))
        }
        return id
    }
}
