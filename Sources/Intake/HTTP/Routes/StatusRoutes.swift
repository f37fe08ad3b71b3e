import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird

/// `/v1/status`: the state of everything.
struct StatusRoutes: Sendable {
    let status: StatusReporter

    func add(to router: Router<GatewayRequestContext>) {
        router.get("v1/status") { _, _ in Response.json(StatusResource(await status.status(), at: Date()).json) }
    }
}
