public import Monitoring

/// Who is told of every sale that is handed in.
public struct SaleObservers: Sendable {
    let meters: GatewayMeters
    /// Told before a sale is kept; nil where nobody writes its line.
    let log: SaleLog?

    public init(meters: GatewayMeters = GatewayMeters(), log: SaleLog? = nil) {
        self.meters = meters
        self.log = log
    }
}
