public import Jobs
import Journey
public import Outbox
public import Runtime
public import Sales
public import Slips

/// What the configuration says about the gateway as a whole.
public struct GatewayConfiguration: Sendable {
    /// What the store adds to a sale.
    public var saleDefaults: SaleDefaults
    public var routing: PrinterRouting
    /// How long a customer, and the paper, wait for the link.
    public var qrDeadline: Duration = .seconds(3)
    /// Most calls of a provider in flight, by its name.
    public var concurrency: [ServiceName: Int] = [:]
    /// After this long without a call a health check asks a provider; nil for never.
    public var healthCheckInterval: Duration?
    /// Bytes that must be free on the database's disk; with less, sales are refused.
    public var minimumFreeSpace = 0
    /// How long a settled sale stays.
    public var retention: Duration = Retention.lawfulMinimum
    /// What is done about the documents that the provider makes; nil for nothing.
    public var documents: DocumentTasks?
    /// What is done about payment slips; nil if none are taken.
    public var slips: SlipTasks?
    /// What is done about invoices of suppliers; nil if none are taken.
    public var supplierInvoices: SupplierInvoiceTasks?
    /// The images of slips that were taken before, while none are taken; nil if there are none.
    public var formerSlipImages: (any SlipImages)?
    /// Slips are owed to it, and none are taken now; nil if nothing is owed.
    public private(set) var missingReader: ServiceName?
    /// The printer for documents; nil if there is none.
    public var documentPrinter: String?
    /// The program's version.
    public var version = "0"

    /// A kill leaves open what became of the calls that were begun, and of those to a reader of slips each may be charged.
    let slipConcurrency = 4
    /// Rarer than a provider's: the calls of a reader of slips are few in a minute, and slips need them.
    let slipHealthCheckInterval: Duration = .seconds(300)

    /// A folder of them may come at once, and nobody waits.
    let supplierInvoiceConcurrency = 2
    let supplierInvoiceHealthCheckInterval: Duration = .seconds(300)

    /// Of the images of slips: their folder, and how long they stay.
    var imagesToCareFor: (images: any SlipImages, keep: Duration)? {
        slips.map { ($0.images, $0.keep) } ?? formerSlipImages.map { ($0, SlipTerms().keep) }
    }

    private static let usualConcurrency = 8

    func concurrency(of provider: ServiceName) -> Int { concurrency[provider] ?? Self.usualConcurrency }

    public init(saleDefaults: SaleDefaults, routing: PrinterRouting) {
        self.saleDefaults = saleDefaults
        self.routing = routing
    }

    /// With the reader to whom slips are owed while none are taken. Its account is held until they are taken again.
    public func withMissingReader(
        in outbox: Outbox, clock: GatewayClock = .system
    ) async throws(OutboxError) -> GatewayConfiguration {
        var configuration = self
        let name = ServiceName.scanlyIQ
        guard slips == nil, try await outbox.pendingCount(of: name, atMost: 1) > 0 else { return configuration }
        try await outbox.holdMissing(
            name, "the slip was taken, and [slips] is not in the configuration any more", clock: clock)
        configuration.missingReader = name
        return configuration
    }
}
