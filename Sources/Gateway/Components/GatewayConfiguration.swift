public import Sales

/// What the configuration says of the gateway as a whole.
public struct GatewayConfiguration: Sendable {
    /// What the store adds to a sale.
    public var saleDefaults: SaleDefaults
    public var routing: PrinterRouting
    /// How long a customer, and the paper, wait for the link.
    public var qrDeadline: Duration = .seconds(3)
    /// Calls of the provider in flight at most.
    public var concurrency = 8
    /// After so long without a call the provider is asked how it is; nil for never.
    public var healthCheckInterval: Duration?
    /// Bytes that have to be free on the database's disk; under this sales are refused.
    public var minimumFreeSpace = 0
    /// How long a settled sale stays.
    public var retention: Duration = Retention.lawfulMinimum
    /// Of the program.
    public var version = "0"

    public init(saleDefaults: SaleDefaults, routing: PrinterRouting) {
        self.saleDefaults = saleDefaults
        self.routing = routing
    }
}
