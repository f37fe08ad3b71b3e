public import Gateway
import Hummingbird
import Logging

/// The routes of the API, the same on every listener.
public struct TillRouter: Sendable {
    let responder: RouterResponder<TillRequestContext>

    /// - Parameter maximumBody: bytes of a request's body.
    public init(
        desk: SaleDesk, preview: PaperPreview, printers: PrinterDesk, status: StatusDesk, watch: GatewayWatch,
        metrics: MetricsDesk, backups: BackupDesk, maximumBody: Int, limits: TillLimits = TillLimits()
    ) {
        let router = Router(context: TillRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        let gates = BodyGates(limits)
        let body = RequestBody(
            maximum: maximumBody, gates: gates, deadline: limits.bodyDeadline, key: "intake.max_body")
        let errandBody = RequestBody(
            maximum: min(limits.errandBody, maximumBody), gates: gates, deadline: limits.bodyDeadline)
        SaleRoutes(desk: desk, body: body, errandBody: errandBody).add(to: router.group("v1/sales"))
        PaperRoutes(preview: preview).add(to: router.group("v1/sales"))
        PrinterRoutes(printers: printers).add(to: router.group("v1/printers"))
        EventRoutes(watch: watch).add(to: router.group("v1/events"))
        MetricsRoutes(metrics: metrics).add(to: router)
        HealthRoutes(desk: desk).add(to: router)
        StatusRoutes(status: status).add(to: router)
        AlarmRoutes(status: status, body: errandBody).add(to: router)
        BackupRoutes(backups: backups, body: errandBody).add(to: router)
        DescriptionRoutes().add(to: router)
        router.refuseOtherMethods()
        responder = router.buildResponder()
    }
}
