import Gateway
import HTTPTypes
import Hummingbird
import JSON

/// `/healthz` says that the process is alive, `/readyz` that sales are taken.
struct HealthRoutes: Sendable {
    let sales: SaleOperations

    func add(to router: Router<GatewayRequestContext>) {
        router.get("healthz") { _, _ in Self.health }
        router.get("readyz") { _, _ in try readiness() }
        // Load balancers use HEAD.
        router.head("healthz") { _, _ in Self.health.createHeadResponse() }
        router.head("readyz") { _, _ in
            do throws(OperationError) { return try readiness().createHeadResponse() } catch {
                return ProblemError(error).response.createHeadResponse()
            }
        }
    }

    private static var health: Response { .json(.object(["status": .string("ok")])) }

    private func readiness() throws(OperationError) -> Response {
        if let hindrance = sales.hindrance { throw .unavailable(hindrance, retryAfter: .seconds(5)) }
        return .json(.object(["status": .string("ready")]))
    }
}
