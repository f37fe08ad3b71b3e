public import Monitoring

/// The observers of every sale that is handed in.
public struct SaleObservers: Sendable {
    let meters: GatewayMeters
    /// Called before a sale is kept; nil if nobody writes its line.
    let log: SaleLog?

    public init(meters: GatewayMeters = GatewayMeters(), log: SaleLog? = nil) {
        self.meters = meters
        self.log = log
    }
}
