/// What the metrics are made of beside the counts.
public struct MetricsSources: Sendable {
    /// What is owed; it answers in time even if the database does not.
    public let report: @Sendable () async -> MonitorReport
    public let printers: @Sendable () -> [PrinterCondition]
    public let services: [MonitoredService]
    public let spool: SpoolMonitor
    /// Whether files of documents are owed to an archive.
    public let isArchiving: Bool
    /// Puts documents on paper; nil if none does.
    public let documentPrinter: String?

    public init(
        report: @escaping @Sendable () async -> MonitorReport, printers: @escaping @Sendable () -> [PrinterCondition],
        services: [MonitoredService], spool: SpoolMonitor = SpoolMonitor(), isArchiving: Bool = false,
        documentPrinter: String? = nil
    ) {
        self.report = report
        self.printers = printers
        self.services = services
        self.spool = spool
        self.isArchiving = isArchiving
        self.documentPrinter = documentPrinter
    }
}
