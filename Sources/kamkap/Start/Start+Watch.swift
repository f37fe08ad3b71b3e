import Foundation
import Gateway
import Host
import Intake
import Settings

// Who looks after the gateway, and what tills may ask of it at once.
extension Start {
    /// Files and sockets that are not tills': the database, calls to Slime, printers, the spool, what libraries open.
    private static let ownFiles = 128

    func watchman(in house: House, spool: SpoolIntake?) -> Watchman {
        let database = settings.outbox.database
        return Watchman(
            outbox: house.outbox, board: house.floor.board,
            room: {
                DiskFigures(
                    free: try? await FreeSpace.available(at: database),
                    databaseSize: try? await FileSize.total(of: [database, database + "-wal"]))
            },
            minimumFreeSpace: settings.outbox.minimumFreeSpace,
            reporters: [{ [spool?.figures.alarm(at: GatewayClock.system.now)].compactMap(\.self) }],
            clocks: house.clocks,
            events: house.events,
            pulse: house.pulses.pulse("watchman"),
            logger: house.logger)
    }

    func statusDesk(
        _ desk: SaleDesk, printers: PrinterDesk, registrar: Registrar, watchman: Watchman, spool: SpoolIntake?
    ) -> StatusDesk {
        StatusDesk(
            version: Version.text, startedAt: Date(), desk: desk, printers: printers, registrar: registrar,
            minimumFreeSpace: settings.outbox.minimumFreeSpace, watchman: watchman,
            spool: figures(of: spool))
    }

    /// As many connections as the process has files for.
    func tillLimits(listeners: Int) -> TillLimits {
        var limits = TillLimits()
        limits.connections = min(limits.connections, max(16, (OpenFiles.limit - Self.ownFiles) / listeners))
        return limits
    }
}
