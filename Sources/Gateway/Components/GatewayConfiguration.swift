public import Jobs
public import Sales

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
    /// The printer for documents; nil if there is none.
    public var documentPrinter: String?
    /// The program's version.
    public var version = "0"

    private static let usualConcurrency = 8

    func concurrency(of provider: ServiceName) -> Int { concurrency[provider] ?? Self.usualConcurrency }

    public init(saleDefaults: SaleDefaults, routing: PrinterRouting) {
        self.saleDefaults = saleDefaults
        self.routing = routing
    }
}
