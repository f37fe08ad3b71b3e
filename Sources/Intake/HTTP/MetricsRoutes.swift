import Gateway
import HTTPTypes
import Hummingbird
import NIOCore

/// `/metrics`: for Prometheus.
struct MetricsRoutes: Sendable {
    let metrics: MetricsDesk

    func add(to router: Router<TillRequestContext>) {
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: MetricsDesk.contentType],
                body: .init(byteBuffer: ByteBuffer(string: await metrics.text())))
        }
    }
}
