import Gateway
import Gauges
import Outbox

/// What lets others see what the gateway does: events and figures.
struct Lookout {
    let watch: GatewayWatch
    let meters: GatewayMeters
    private let registry: MetricRegistry
    private let board: PrinterBoard

    init(events: EventHub, board: PrinterBoard) {
        self.board = board
        // A registry of our own, not the process's: what dependencies measure has no place in it.
        registry = MetricRegistry(GatewayMeters.families)
        meters = GatewayMeters(registry)
        watch = GatewayWatch(events: events, board: board, meters: meters)
    }

    func metrics(outbox: Outbox, watchman: Watchman) -> MetricsDesk {
        MetricsDesk(registry: registry, outbox: outbox, board: board, watchman: watchman, version: Version.text)
    }
}
