import Gateway
import Gauges
import Logging
import Outbox

/// What lets others see what the gateway does: events and figures.
struct Observability {
    let watch: EventPublisher
    let meters: GatewayMeters
    let saleLog: SaleLog
    private let registry: MetricRegistry
    private let board: PrinterBoard

    init(events: EventHub, board: PrinterBoard, logger: Logger) {
        self.board = board
        // A registry of our own, not the process's: what dependencies measure has no place in it.
        registry = MetricRegistry(GatewayMeters.families)
        meters = GatewayMeters(registry)
        saleLog = SaleLog(logger: logger)
        watch = EventPublisher(events: events, board: board, meters: meters, saleLog: saleLog)
    }

    func metrics(
        alarmMonitor: AlarmMonitor, spool: (@Sendable () -> SpoolFigures)?, minimumFreeSpace: Int
    ) -> MetricsExporter {
        MetricsExporter(
            registry: registry, board: board, minimumFreeSpace: minimumFreeSpace, version: Version.text,
            spool: spool
        ) { await alarmMonitor.report(within: .seconds(2)) }
    }
}
