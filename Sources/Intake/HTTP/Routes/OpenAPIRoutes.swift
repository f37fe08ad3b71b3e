import GatewayAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// `/v1/openapi.json`: the API's description, for people and for makers of clients.
struct OpenAPIRoutes: Sendable {
    private let bytes = ByteBuffer(bytes: APIDescription.bytes)

    func add(to router: Router<GatewayRequestContext>) {
        router.get("v1/openapi.json") { [bytes] _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
        }
    }
}
