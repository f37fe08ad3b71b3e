public import Gateway
import Hummingbird
import Logging

/// The routes of the API, the same on every listener.
public struct GatewayRouter: Sendable {
    let responder: RouterResponder<GatewayRequestContext>

    /// - Parameters:
    ///   - maximumBody: bytes of a request's body.
    ///   - maximumPicture: bytes of a slip's picture.
    public init(
        _ components: GatewayComponents, maximumBody: Int, maximumPicture: Int = 8 << 20,
        limits: ListenerLimits = ListenerLimits()
    ) {
        let sales = components.sales
        let router = Router(context: GatewayRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        let semaphores = BodySemaphores(limits)
        let body = RequestBody(
            maximum: maximumBody, semaphores: semaphores, deadline: limits.bodyDeadline, key: "intake.max_body")
        let smallBody = RequestBody(
            maximum: min(limits.smallBody, maximumBody), semaphores: semaphores, deadline: limits.bodyDeadline)
        SaleRoutes(sales: sales, body: body, smallBody: smallBody, idempotent: components.idempotent)
            .add(to: router.group("v1/sales"))
        StaffSaleRoutes(sales: sales, smallBody: smallBody).add(to: router.group("v1/sales"))
        PaperRoutes(preview: components.preview).add(to: router.group("v1/sales"))
        DocumentRoutes(documents: components.documents, idempotent: components.idempotent)
            .add(to: router.group("v1/sales"))
        var picture = RequestBody(
            maximum: maximumPicture, semaphores: BodySemaphores(pictures: limits, maximum: maximumPicture),
            deadline: limits.pictureDeadline, key: "slips.max_image")
        picture.grows = true
        SlipRoutes(slips: components.slips, picture: picture).add(to: router)
        SupplierInvoiceRoutes(invoices: components.supplierInvoices).add(to: router.group("v1/supplier-invoices"))
        TransactionRoutes(transactions: components.transactions, body: smallBody).add(to: router)
        PrinterRoutes(printers: components.printers, idempotent: components.idempotent)
            .add(to: router.group("v1/printers"))
        BillingRoutes(billing: components.billing, body: body).add(to: router.group("v1/billing"))
        AddressRoutes().add(to: router)
        EventRoutes(watch: components.events).add(to: router.group("v1/events"))
        MetricsRoutes(metrics: components.metrics).add(to: router)
        HealthRoutes(sales: sales).add(to: router)
        StatusRoutes(status: components.status).add(to: router)
        AlarmRoutes(status: components.status, body: smallBody).add(to: router)
        BackupRoutes(backups: components.backups, body: smallBody).add(to: router)
        OpenAPIRoutes().add(to: router)
        router.refuseOtherMethods()
        responder = router.buildResponder()
    }
}
