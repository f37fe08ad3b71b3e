public import Sales

/// What alarms are judged by beside the outbox, each asked at every look. None of them may block for long.
public struct MonitorSources: Sendable {
    public var printers: @Sendable () -> [PrinterCondition]
    /// What is left on the database's disk.
    public var disk: @Sendable () async -> DiskFigures
    /// What is known of the machine's clock; nil where nobody watches it.
    public var clock: ClockMonitor?
    /// What needs a hand and is not in the outbox.
    public var reporters: [@Sendable () -> [Alarm]]
    /// What staff do about a service's refusal of this code.
    public var advice: @Sendable (ServiceName, String?) -> String

    public init(
        printers: @escaping @Sendable () -> [PrinterCondition] = { [] },
        disk: @escaping @Sendable () async -> DiskFigures = { DiskFigures(free: nil, databaseSize: nil) },
        clock: ClockMonitor? = nil, reporters: [@Sendable () -> [Alarm]] = [],
        advice: @escaping @Sendable (ServiceName, String?) -> String = { _, _ in "Look at the account" }
    ) {
        self.printers = printers
        self.disk = disk
        self.clock = clock
        self.reporters = reporters
        self.advice = advice
    }
}
