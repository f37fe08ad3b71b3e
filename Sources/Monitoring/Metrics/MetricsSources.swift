public import Sales

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
    /// Reads payment slips; nil if none are taken.
    public var slips: SlipSources?
    /// Reads invoices of suppliers; nil if none are taken.
    public var supplierInvoices: ServiceName?

    /// What reads payment slips.
    public struct SlipSources: Sendable {
        public let service: ServiceName
        /// What is left there; nil while that is not known. It makes no call.
        public let credits: @Sendable () -> Int?

        public init(service: ServiceName, credits: @escaping @Sendable () -> Int?) {
            self.service = service
            self.credits = credits
        }
    }

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
