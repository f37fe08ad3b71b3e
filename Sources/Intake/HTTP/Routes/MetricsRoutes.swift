import Gateway
import HTTPTypes
import Hummingbird
import Monitoring
import NIOCore

/// `/metrics`: for Prometheus.
struct MetricsRoutes: Sendable {
    let metrics: MetricsExporter

    func add(to router: Router<GatewayRequestContext>) {
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: MetricsExporter.contentType],
                body: .init(byteBuffer: ByteBuffer(string: await metrics.text())))
        }
    }
}
