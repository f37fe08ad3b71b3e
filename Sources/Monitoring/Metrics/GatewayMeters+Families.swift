import CoreMetrics
public import Gauges
import Journey
import Outbox
import Sales

// Every metric of the gateway. docs/operate.md lists them for the operator.
extension GatewayMeters {
    enum Name: String, CaseIterable {
        case sales = "kamkap_sales_total"
        case registrations = "kamkap_registrations_total"
        case serviceCalls = "kamkap_service_calls_total"
        case totalsCompared = "kamkap_totals_compared_total"
        case registrationSeconds = "kamkap_registration_seconds"
        case saleToPaperSeconds = "kamkap_sale_to_paper_seconds"
        case prints = "kamkap_prints_total"
        case documents = "kamkap_documents_total"
        case documentsPassedOver = "kamkap_documents_passed_over"
        case documentsUnarchived = "kamkap_documents_unarchived"
        case oldestUnarchived = "kamkap_oldest_unarchived_seconds"
        case slips = "kamkap_slips_total"
        case slipsPending = "kamkap_slips_pending"
        case slipCredits = "kamkap_slip_credits"
        case supplierInvoices = "kamkap_supplier_invoices_total"
        case supplierInvoicesPending = "kamkap_supplier_invoices_pending"
        case registrationsPending = "kamkap_registrations_pending"
        case registrationsHeld = "kamkap_registrations_held"
        case oldestPending = "kamkap_oldest_pending_seconds"
        case printsQueued = "kamkap_prints_queued"
        case oldestPrint = "kamkap_oldest_print_seconds"
        case printerState = "kamkap_printer_state"
        case printerSensor = "kamkap_printer_sensor"
        case serviceUp = "kamkap_service_up"
        case serviceHeld = "kamkap_service_held"
        case serviceClockDrift = "kamkap_service_clock_drift_seconds"
        case alarm = "kamkap_alarm"
        case databaseFree = "kamkap_database_free_bytes"
        case databaseMinimumFree = "kamkap_database_min_free_bytes"
        case databaseSize = "kamkap_database_size_bytes"
        case spoolFiles = "kamkap_spool_files"
        case spoolRejected = "kamkap_spool_rejected_total"
        case connections = "kamkap_http_connections"
        case buildInfo = "kamkap_build_info"
        // Prometheus' own name, by which it recognises a restart.
        case startTime = "process_start_time_seconds"
    }

    public static var families: [MetricFamily] {
        Name.allCases.map { MetricFamily($0.rawValue, $0.kind, $0.help) }
    }

    /// Series that will exist are 0 from the start: Prometheus then sees their first rise.
    ///
    /// - Parameters:
    ///   - documentPrinter: puts documents on paper; nil if none does.
    ///   - takesSlips: whether payment slips are taken.
    ///   - takesInvoices: whether invoices of suppliers are taken.
    public func begin(
        printers: [String] = [], documentPrinter: String? = nil, takesSlips: Bool = false, takesInvoices: Bool = false
    ) {
        if takesSlips {
            for state in SlipState.allCases where !state.isOwed { start(.slips, [("outcome", state.rawValue)]) }
        }
        if takesInvoices {
            for state in SupplierInvoiceState.allCases where !state.isOwed {
                start(.supplierInvoices, [("outcome", state.rawValue)])
            }
        }
        for printer in printers {
            for kind in PrintMachine.Kind.allCases { startPrints(kind.rawValue, on: printer) }
        }
        if let documentPrinter { startPrints(Self.documentKind, on: documentPrinter) }
        for outcome in SaleOutcome.allCases { start(.sales, [("outcome", outcome.rawValue)]) }
        for outcome in [SaleRegistration.State.ready, .rejected] {
            start(.registrations, [("outcome", outcome.rawValue)])
        }
        for comparison in TotalComparison.allCases { start(.totalsCompared, [("outcome", comparison.rawValue)]) }
        for name in [Name.registrationSeconds, .saleToPaperSeconds] {
            _ = CoreMetrics.Timer(label: name.rawValue, factory: factory)
        }
        for state in ["known", "archived"] { start(.documents, [("state", state)]) }
        start(.spoolRejected, [])
        set(.connections, 0)
    }

    private func startPrints(_ kind: String, on printer: String) {
        for outcome in PrintMachine.State.allCases where outcome != .queued && outcome != .printing {
            start(.prints, [("printer", printer), ("kind", kind), ("outcome", outcome.rawValue)])
        }
    }

    private func start(_ name: Name, _ labels: [(String, String)]) {
        _ = Counter(label: name.rawValue, dimensions: labels, factory: factory)
    }
}

extension GatewayMeters.Name {
    fileprivate var kind: MetricFamily.Kind {
        switch self {
        case .sales, .registrations, .serviceCalls, .totalsCompared, .prints, .documents, .slips, .supplierInvoices,
            .spoolRejected:
            .counter
        case .registrationSeconds:
            .histogram(buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400])
        case .saleToPaperSeconds:
            .histogram(buckets: [0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 30, 60, 300, 1_800])
        default: .gauge
        }
    }

    fileprivate var help: String {
        switch self {
        case .sales: "Sales handed in, over HTTP and from files, by outcome."
        case .registrations: "Finished registrations, by outcome."
        case .serviceCalls: "Calls to services, by outcome."
        case .totalsCompared: "Registrations, by how the provider's total compares with the paper's."
        case .registrationSeconds: "From a sale's arrival to its registration."
        case .saleToPaperSeconds: "From a sale's arrival to its printed original."
        case .prints: "Finished papers, by outcome."
        case .documents:
            "Documents that the provider told of (known), and those whose files were all put into the archive."
        case .documentsPassedOver: "Documents in the provider's stream that belong to no sale of this store, ever."
        case .documentsUnarchived: "Documents of which a file is not in the archive; missing if there is no archive."
        case .oldestUnarchived: "Age of the oldest document that is not in the archive; 0 if there is none."
        case .slips: "Payment slips that were read or could not be, by what became of them."
        case .slipsPending: "Payment slips still to read; missing if none are taken."
        case .slipCredits: "Credits left for the reading of slips, as last seen; missing while that is not known."
        case .supplierInvoices: "Invoices of suppliers of which nothing is owed any more, by what became of them."
        case .supplierInvoicesPending: "Invoices of suppliers still to read; missing if none are taken."
        case .registrationsPending: "Sales still to register."
        case .registrationsHeld: "Sales that cannot be registered because the account is held."
        case .oldestPending: "Age of the oldest unregistered sale; 0 if there is none."
        case .printsQueued: "Papers that wait for a printer."
        case .oldestPrint: "Age of the oldest paper that waits for a printer or is in its hands; 0 if there is none."
        case .printerState: "1 for the printer's last known state."
        case .printerSensor: "1 if a printer's sensor reports a fault; missing if that is not known."
        case .serviceUp: "1 unless the service is known to be down."
        case .serviceHeld: "1 while the service refuses the whole account."
        case .serviceClockDrift: "Seconds by which the service's clock was last found ahead of this machine's."
        case .alarm: "1 while this alarm is raised."
        case .databaseFree: "Free bytes on the database's disk."
        case .databaseMinimumFree: "Free bytes below which sales are refused (outbox.min_free_space)."
        case .databaseSize: "The database with its log."
        case .spoolFiles: "Files in the spool's incoming/; missing if there is no spool."
        case .spoolRejected: "Spool files that were refused."
        case .connections: "Open connections of tills."
        case .buildInfo: "The running version."
        case .startTime: "When the gateway was started, in seconds since 1970."
        }
    }
}
