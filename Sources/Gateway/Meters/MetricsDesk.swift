import Foundation
public import Gauges
public import Outbox
import Printing

/// What Prometheus fetches: what was counted, and what the outbox and the printers' board say at that moment.
public struct MetricsDesk: Sendable {
    public static let contentType = MetricRegistry.contentType

    private let registry: MetricRegistry
    private let meters: GatewayMeters
    private let outbox: Outbox
    private let board: PrinterBoard
    private let watchman: Watchman?
    private let clock: GatewayClock

    /// - Parameter version: of the program.
    public init(
        registry: MetricRegistry, outbox: Outbox, board: PrinterBoard, watchman: Watchman? = nil, version: String,
        clock: GatewayClock = .system
    ) {
        self.watchman = watchman
        self.registry = registry
        self.outbox = outbox
        self.board = board
        self.clock = clock
        meters = GatewayMeters(registry)
        meters.begin()
        meters.set(.buildInfo, 1, [("version", version)])
    }

    public func text() async throws(DeskRefusal) -> String {
        do { try await read() } catch { throw DeskRefusal(error) }
        for entry in board.all { show(entry) }
        if let watchman { show(watchman.alarms) }
        return registry.text
    }

    private func read() async throws(OutboxError) {
        let account = try await outbox.account()
        let backlog = try await outbox.registrationBacklog()
        let queued = try await outbox.queuedPrints()
        let isHeld = account.condition == .held
        meters.set(.slimeUp, account.condition == .down ? 0 : 1)
        meters.set(.accountHeld, isHeld ? 1 : 0)
        meters.set(.registrationsPending, isHeld ? 0 : Double(backlog.pending))
        meters.set(.registrationsHeld, isHeld ? Double(backlog.pending) : 0)
        let age = backlog.oldestReceivedAt.map { clock.now.timeIntervalSince($0) } ?? 0
        meters.set(.oldestPending, max(age, 0))
        for entry in board.all {
            meters.set(.printsQueued, Double(queued[entry.name] ?? 0), [("printer", entry.name)])
        }
    }

    private func show(_ alarms: [Alarm]) {
        for code in Alarm.Code.allCases {
            meters.set(.alarm, alarms.contains { $0.code == code } ? 1 : 0, [("code", code.rawValue)])
        }
    }

    private func show(_ entry: PrinterBoard.Entry) {
        for state in PrinterBoard.State.allCases {
            meters.set(
                .printerState, entry.state == state ? 1 : 0, [("printer", entry.name), ("state", state.rawValue)])
        }
        for (name, sensor) in Self.sensors {
            let labels = [("printer", entry.name), ("sensor", name)]
            guard let says = entry.sensors?[sensor] else {
                meters.forget(.printerSensor, labels)
                continue
            }
            // The others say that something is wrong; this one that all is well.
            let isTrouble = sensor == .online ? !says : says
            meters.set(.printerSensor, isTrouble ? 1 : 0, labels)
        }
    }

    private static let sensors: [(String, PrinterSensors)] = [
        ("paper_end", .paperEnd), ("paper_near_end", .paperNearEnd), ("cover_open", .cover), ("cutter", .cutter),
        ("offline", .online), ("error", .error),
    ]
}
