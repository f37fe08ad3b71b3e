public import Gateway
import Hummingbird
import Logging

/// The routes of the API, the same on every listener.
public struct TillRouter: Sendable {
    /// How long a till may take to send a whole body.
    private static let bodyDeadline: Duration = .seconds(15)

    let responder: RouterResponder<TillRequestContext>

    /// - Parameter maximumBody: bytes of a request's body.
    public init(
        desk: SaleDesk, preview: PaperPreview, printers: PrinterDesk, watch: GatewayWatch, metrics: MetricsDesk,
        maximumBody: Int
    ) {
        let router = Router(context: TillRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        let body = RequestBody(maximum: maximumBody, deadline: Self.bodyDeadline)
        SaleRoutes(desk: desk, body: body).add(to: router.group("v1/sales"))
        PaperRoutes(preview: preview).add(to: router.group("v1/sales"))
        PrinterRoutes(printers: printers).add(to: router.group("v1/printers"))
        EventRoutes(watch: watch).add(to: router.group("v1/events"))
        MetricsRoutes(metrics: metrics).add(to: router)
        HealthRoutes(desk: desk).add(to: router)
        responder = router.buildResponder()
    }
}
