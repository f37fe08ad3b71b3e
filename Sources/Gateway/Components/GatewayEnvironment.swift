public import Monitoring
public import Runtime

/// The machine on which the gateway runs, as far as the gateway asks about it.
public struct GatewayEnvironment: Sendable {
    public var clock: GatewayClock
    /// Judges the machine's clock.
    public var clockMonitor: ClockMonitor
    /// Whether the database's disk has room for a sale.
    public var diskSpace: DiskSpace
    /// How full the database's disk is, for alarms and metrics.
    public var disk: @Sendable () async -> DiskFigures
    /// Who sees whether every loop turns; nil where nobody does.
    public var liveness: LivenessMonitor?

    /// - Parameter clockMonitor: by default one that nothing contradicts.
    public init(
        clock: GatewayClock = .system, clockMonitor: ClockMonitor? = nil, diskSpace: DiskSpace = DiskSpace(minimum: 0),
        disk: @escaping @Sendable () async -> DiskFigures = { DiskFigures(free: nil, databaseSize: nil) },
        liveness: LivenessMonitor? = nil
    ) {
        self.clock = clock
        self.clockMonitor = clockMonitor ?? ClockMonitor(clock: clock)
        self.diskSpace = diskSpace
        self.disk = disk
        self.liveness = liveness
    }
}
