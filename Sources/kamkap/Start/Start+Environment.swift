import Gateway
import Host
import Intake
import Logging
import Monitoring
import Outbox
import Runtime
import Sales
import Settings

// What the machine gives: how full its disk is, and how many files may be open at once.
extension Start {
    /// Files and sockets that are not tills': the database, calls to Slime, printers, the spool, libraries' own.
    private static let ownFiles = 128

    func environment(diskSpace: DiskSpace, clockMonitor: ClockMonitor, liveness: LivenessMonitor) -> GatewayEnvironment
    {
        let database = settings.outbox.database
        return GatewayEnvironment(
            clockMonitor: clockMonitor, diskSpace: diskSpace,
            disk: {
                DiskFigures(
                    free: try? await FreeSpace.available(at: database),
                    databaseSize: try? await FileSize.total(of: [database, database + "-wal"]))
            },
            liveness: liveness)
    }

    func configuration(routing: PrinterRouting, outbox: Outbox) async throws -> GatewayConfiguration {
        var configuration = GatewayConfiguration(saleDefaults: settings.saleDefaults, routing: routing)
        configuration.qrDeadline = settings.receipt.qrDeadline
        configuration.concurrency = Dictionary(
            uniqueKeysWithValues: settings.provider.all.map { (ServiceName($0.service), $0.concurrency) })
        configuration.healthCheckInterval = Self.healthCheckInterval
        configuration.minimumFreeSpace = settings.outbox.minimumFreeSpace
        configuration.retention = settings.outbox.retention
        configuration.documents = try await documentTasks(outbox)
        configuration.documentPrinter = settings.documents?.printer
        configuration.version = Version.text
        return configuration
    }

    /// As many connections as the process has files for.
    func listenerLimits(listeners: Int) -> ListenerLimits {
        var limits = ListenerLimits()
        limits.connections = min(limits.connections, max(16, (OpenFiles.limit - Self.ownFiles) / listeners))
        return limits
    }
}
