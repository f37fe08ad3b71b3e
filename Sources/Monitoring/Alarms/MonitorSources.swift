/// What alarms are judged by besides the outbox. Each look asks each of them; none may block for long.
public struct MonitorSources: Sendable {
    public var printers: @Sendable () -> [PrinterCondition]
    /// Free space on the database's disk.
    public var disk: @Sendable () async -> DiskFigures
    /// What is known about the machine's clock; nil if nobody watches it.
    public var clock: ClockMonitor?
    /// What needs a hand and is not in the outbox.
    public var reporters: [@Sendable () -> [Alarm]]
    /// What staff do about a service's refusal with this code.
    public var services: [MonitoredService]
    /// Whether files of documents are owed to an archive.
    public var isArchiving: Bool

    public init(
        printers: @escaping @Sendable () -> [PrinterCondition] = { [] },
        disk: @escaping @Sendable () async -> DiskFigures = { DiskFigures(free: nil, databaseSize: nil) },
        clock: ClockMonitor? = nil, reporters: [@Sendable () -> [Alarm]] = [],
        services: [MonitoredService] = [], isArchiving: Bool = false
    ) {
        self.printers = printers
        self.disk = disk
        self.clock = clock
        self.reporters = reporters
        self.services = services
        self.isArchiving = isArchiving
    }
}
