import Foundation
import Gateway
import Host
import Intake
import Settings

// Who looks after the gateway, and what tills may ask of it at once.
extension Start {
    /// Files and sockets that are not tills': the database, calls to Slime, printers, the spool, what libraries open.
    private static let ownFiles = 128

    func alarmMonitor(in components: GatewayComponents, spool: SpoolIntake?) -> AlarmMonitor {
        let database = settings.outbox.database
        return AlarmMonitor(
            outbox: components.outbox, board: components.fleet.board,
            room: {
                DiskFigures(
                    free: try? await FreeSpace.available(at: database),
                    databaseSize: try? await FileSize.total(of: [database, database + "-wal"]))
            },
            minimumFreeSpace: settings.outbox.minimumFreeSpace,
            reporters: [{ [spool?.figures.alarm(at: GatewayClock.system.now)].compactMap(\.self) }],
            clocks: components.clocks,
            events: components.events,
            heartbeat: components.liveness.heartbeat("alarm monitor"),
            logger: components.logger)
    }

    func statusReporter(
        _ sales: SaleOperations, printers: PrinterOperations, jobWorker: JobWorker, alarmMonitor: AlarmMonitor,
        spool: SpoolIntake?
    ) -> StatusReporter {
        StatusReporter(
            version: Version.text, startedAt: Date(), sales: sales, printers: printers, jobWorker: jobWorker,
            minimumFreeSpace: settings.outbox.minimumFreeSpace, alarmMonitor: alarmMonitor,
            spool: figures(of: spool))
    }

    /// As many connections as the process has files for.
    func tillLimits(listeners: Int) -> ListenerLimits {
        var limits = ListenerLimits()
        limits.connections = min(limits.connections, max(16, (OpenFiles.limit - Self.ownFiles) / listeners))
        return limits
    }
}
