public import Gateway
import Hummingbird
import Logging

/// The routes of the API, the same on every listener.
public struct GatewayRouter: Sendable {
    let responder: RouterResponder<GatewayRequestContext>

    /// - Parameter maximumBody: bytes of a request's body.
    public init(
        sales: SaleOperations, preview: PaperPreview, printers: PrinterOperations, status: StatusReporter,
        watch: EventPublisher,
        metrics: MetricsExporter, backups: BackupOperations, maximumBody: Int, limits: ListenerLimits = ListenerLimits()
    ) {
        let router = Router(context: GatewayRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        let semaphores = BodySemaphores(limits)
        let body = RequestBody(
            maximum: maximumBody, semaphores: semaphores, deadline: limits.bodyDeadline, key: "intake.max_body")
        let smallBody = RequestBody(
            maximum: min(limits.smallBody, maximumBody), semaphores: semaphores, deadline: limits.bodyDeadline)
        SaleRoutes(sales: sales, body: body, smallBody: smallBody).add(to: router.group("v1/sales"))
        PaperRoutes(preview: preview).add(to: router.group("v1/sales"))
        PrinterRoutes(printers: printers).add(to: router.group("v1/printers"))
        EventRoutes(watch: watch).add(to: router.group("v1/events"))
        MetricsRoutes(metrics: metrics).add(to: router)
        HealthRoutes(sales: sales).add(to: router)
        StatusRoutes(status: status).add(to: router)
        AlarmRoutes(status: status, body: smallBody).add(to: router)
        BackupRoutes(backups: backups, body: smallBody).add(to: router)
        DescriptionRoutes().add(to: router)
        router.refuseOtherMethods()
        responder = router.buildResponder()
    }
}
