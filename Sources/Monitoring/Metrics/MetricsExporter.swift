import Foundation
public import Gauges
import Outbox
public import Runtime
import Sales

/// What Prometheus fetches: the counts, and the present state of the outbox and the printers.
public struct MetricsExporter: Sendable {
    public static let contentType = MetricRegistry.contentType

    private let registry: MetricRegistry
    private let meters: GatewayMeters
    private let sources: MetricsSources
    private let clock: GatewayClock

    /// - Parameters:
    ///   - minimumFreeSpace: with fewer bytes free, sales are refused.
    ///   - version: of the program.
    public init(
        registry: MetricRegistry, sources: MetricsSources, minimumFreeSpace: Int, version: String,
        clock: GatewayClock = .system
    ) {
        self.registry = registry
        self.sources = sources
        self.clock = clock
        meters = GatewayMeters(registry)
        meters.begin(
            printers: sources.printers().map(\.name), documentPrinter: sources.documentPrinter,
            takesSlips: sources.slips != nil, takesInvoices: sources.supplierInvoices != nil)
        meters.set(.buildInfo, 1, [("version", version)])
        meters.set(.startTime, clock.shown.timeIntervalSince1970)
        meters.set(.databaseMinimumFree, Double(minimumFreeSpace))
    }

    public func text() async -> String {
        let report = await sources.report()
        if let figures = report.figures { show(figures) }
        if let room = report.room { show(room) }
        for printer in sources.printers() { show(printer) }
        if let figures = sources.spool.figures { show(figures) }
        show(report.alarms)
        return registry.text
    }

    private func show(_ figures: OutboxFigures) {
        for service in sources.services {
            let condition = figures.account(of: service.name).condition
            let labels = [("service", service.name.rawValue)]
            meters.set(.serviceUp, condition == .down ? 0 : 1, labels)
            meters.set(.serviceHeld, condition == .held ? 1 : 0, labels)
        }
        meters.set(.registrationsPending, Double(figures.pending - figures.held))
        meters.set(.registrationsHeld, Double(figures.held))
        meters.set(.oldestPending, age(of: figures.oldestPending?.receivedAt))
        meters.set(.documentsPassedOver, Double(figures.documents.passedOver))
        if sources.isArchiving {
            meters.set(.documentsUnarchived, Double(figures.documents.unarchived))
            meters.set(.oldestUnarchived, age(of: figures.documents.oldestUnarchived))
        }
        if let slips = sources.slips {
            meters.set(.slipsPending, Double(figures.pending(of: slips.service)))
            if let credits = slips.credits() { meters.set(.slipCredits, Double(credits)) }
        }
        if let reader = sources.supplierInvoices {
            meters.set(.supplierInvoicesPending, Double(figures.pending(of: reader)))
        }
        for printer in sources.printers() {
            let queue = figures.prints.first { $0.printer == printer.name }
            meters.set(.printsQueued, Double(queue?.queued ?? 0), [("printer", printer.name)])
            meters.set(.oldestPrint, age(of: queue?.oldestRequestedAt), [("printer", printer.name)])
        }
    }

    /// A clock that was set back must not make it negative.
    private func age(of date: Date?) -> Double { max(0, date.map { clock.shown.timeIntervalSince($0) } ?? 0) }

    private func show(_ room: DiskFigures) {
        for (name, bytes) in [(GatewayMeters.Name.databaseFree, room.free), (.databaseSize, room.databaseSize)] {
            if let bytes { meters.set(name, Double(bytes)) } else { meters.forget(name) }
        }
    }

    private func show(_ spool: SpoolFigures) {
        for (state, count) in [("waiting", spool.waiting), ("stuck", spool.stuck), ("ignored", spool.ignored)] {
            meters.set(.spoolFiles, Double(count), [("state", state)])
        }
    }

    private func show(_ alarms: [Alarm]) {
        for code in Alarm.Code.allCases {
            meters.set(.alarm, alarms.contains { $0.code == code } ? 1 : 0, [("code", code.rawValue)])
        }
    }

    private func show(_ printer: PrinterCondition) {
        for state in PrinterCondition.State.allCases {
            meters.set(
                .printerState, printer.state == state ? 1 : 0, [("printer", printer.name), ("state", state.rawValue)])
        }
        for (name, sensor) in Self.sensors {
            let labels = [("printer", printer.name), ("sensor", name)]
            guard let says = printer.sensors[sensor] else {
                meters.forget(.printerSensor, labels)
                continue
            }
            // The other sensors report a fault; this one reports that all is well.
            let isTrouble = sensor == .online ? !says : says
            meters.set(.printerSensor, isTrouble ? 1 : 0, labels)
        }
    }

    private static let sensors: [(String, PrinterCondition.Sensor)] = [
        ("paper_end", .paperEnd), ("paper_near_end", .paperNearEnd), ("cover_open", .coverOpen),
        ("cutter", .cutterError), ("offline", .online), ("error", .otherError),
    ]
}
