import Gateway
import HTTPTypes
import Hummingbird
import Sales

/// `/healthz` says that the process turns, `/readyz` that sales are taken.
struct HealthRoutes: Sendable {
    let desk: SaleDesk

    func add(to router: Router<TillRequestContext>) {
        router.get("healthz") { _, _ in Response.json(.object(["status": .string("ok")])) }
        router.get("readyz") { _, _ in
            if let hindrance = desk.hindrance { throw DeskRefusal.unavailable(hindrance, retryAfter: .seconds(5)) }
            return Response.json(.object(["status": .string("ready")]))
        }
    }
}
