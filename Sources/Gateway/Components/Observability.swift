public import Gauges
public import Logging
public import Monitoring
public import PrintQueue
public import Runtime
public import Sales

/// Shows others what the gateway does: events, metrics and the log line of each sale.
public struct Observability: Sendable {
    public let events: EventHub
    public let publisher: EventPublisher
    public let meters: GatewayMeters
    public let spool = SpoolMonitor()
    /// Each printer's state.
    public let board: PrinterBoard
    public let registry: MetricRegistry
    public let logger: Logger

    /// - Parameters:
    ///   - printers: name, device and printable width of each.
    ///   - provider: the service that registers new sales.
    public init(
        printers: [(name: String, device: String, widthInDots: Int)], provider: ServiceName,
        clock: GatewayClock = .system, logger: Logger
    ) {
        let events = EventHub()
        let board = PrinterBoard(printers: printers, clock: clock) { events.publish(.printer(PrinterCondition($0))) }
        // A registry of our own, not the process's: what dependencies measure does not belong in it.
        registry = MetricRegistry(GatewayMeters.families)
        meters = GatewayMeters(registry)
        publisher = EventPublisher(
            events: events, printers: { board.conditions }, provider: provider, meters: meters,
            saleLog: SaleLog(logger: logger), clock: clock)
        self.events = events
        self.logger = logger
        self.board = board
    }
}

extension PrinterBoard {
    var conditions: [PrinterCondition] { all.map { PrinterCondition($0) } }
}
