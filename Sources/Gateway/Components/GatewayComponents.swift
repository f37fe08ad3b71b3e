import Foundation
public import Jobs
import Logging
public import Monitoring
public import Outbox
public import PrintQueue
import Printing
public import RemoteServices
import Runtime
public import ServiceLifecycle

/// The gateway without its listeners: its rooms, put together once, here, for the program, its tests and the fuzzers.
public struct GatewayComponents: Sendable {
    public let sales: SaleOperations
    public let documents: DocumentOperations
    public let transactions: TransactionOperations
    public let printers: PrinterOperations
    public let idempotent: IdempotentRequests
    public let preview: PaperPreview
    public let status: StatusReporter
    public let backups: BackupOperations
    public let billing: BillingOperations
    /// Nil if no payment slips are taken.
    public let slips: SlipOperations?
    /// Nil if no payment slips are taken, and if there are no images of any.
    public let slipImageCare: SlipImageCare?
    /// Nil if no invoices of suppliers are taken.
    public let supplierInvoices: SupplierInvoiceOperations?
    /// Nil if no invoices of suppliers are taken.
    public let supplierInvoiceCare: SupplierInvoiceCare?
    /// Of each provider that has bills.
    public let billWatches: [BillWatch]
    public let events: EventPublisher
    public let meters: GatewayMeters
    public let metrics: MetricsExporter
    public let alarmMonitor: AlarmMonitor
    /// The configured services.
    public let monitored: [MonitoredService]
    public let jobWorkers: [JobWorker]
    /// Nil if no payment slips are taken.
    public let slipWorker: JobWorker?
    /// Nil if no invoices of suppliers are taken.
    public let supplierInvoiceWorker: JobWorker?
    public let printWorkers: [PrintWorker]
    public let retention: Retention

    /// - Parameter outbox: the publisher of `observability` watches it already.
    public init(
        _ configuration: GatewayConfiguration, outbox: Outbox, providers: ProviderSet, stations: [PrinterStation],
        observability: Observability, environment: GatewayEnvironment = GatewayEnvironment()
    ) {
        let (logger, clock) = (observability.logger, environment.clock)
        func context(_ loop: String) -> LoopContext {
            LoopContext(clock: environment.clock, heartbeat: environment.liveness?.heartbeat(loop), logger: logger)
        }
        let (board, meters, spool) = (observability.board, observability.meters, observability.spool)
        printWorkers = stations.map { station in
            PrintWorker(
                settings: station.settings, outbox: outbox, papers: station.papers, board: board,
                context: context("printer \(station.settings.printer.name)"))
        }
        let archive = configuration.documents?.archive
        jobWorkers = providers.all.map { provider in
            JobWorker(
                settings: JobWorkerSettings(
                    concurrency: configuration.concurrency(of: provider.name),
                    healthCheckInterval: configuration.healthCheckInterval, documents: configuration.documents),
                outbox: outbox, service: provider,
                observer: JobObserver(compared: { meters.compared($0) }),
                context: context("jobs of \(provider.name)"))
        }
        // A worker of its own: nothing that slips wait for delays a sale.
        slipWorker = configuration.slips.map { slips in
            JobWorker(
                settings: JobWorkerSettings(
                    concurrency: configuration.slipConcurrency,
                    healthCheckInterval: configuration.slipHealthCheckInterval),
                outbox: outbox, service: slips.service, context: context("jobs of \(slips.service.name)"))
        }
        slipImageCare = configuration.imagesToCareFor.map {
            SlipImageCare(
                outbox: outbox, images: $0.images, keep: $0.keep, isAnyRead: configuration.slips != nil, clock: clock,
                logger: logger)
        }
        slips = configuration.slips.map {
            SlipOperations(
                outbox: outbox, service: $0.service.name, folder: $0.images, clock: environment.clock,
                diskSpace: environment.diskSpace)
        }
        // A worker of its own: a folder of invoices delays neither sales nor slips.
        supplierInvoiceWorker = configuration.supplierInvoices.map { invoices in
            JobWorker(
                settings: JobWorkerSettings(
                    concurrency: configuration.supplierInvoiceConcurrency,
                    healthCheckInterval: configuration.supplierInvoiceHealthCheckInterval),
                outbox: outbox, service: invoices.service, context: context("jobs of \(invoices.service.name)"))
        }
        let supplierInvoices = configuration.supplierInvoices.map {
            SupplierInvoiceOperations(
                outbox: outbox, tasks: $0, clock: environment.clock, diskSpace: environment.diskSpace)
        }
        self.supplierInvoices = supplierInvoices
        supplierInvoiceCare = supplierInvoices.map {
            SupplierInvoiceCare(of: $0, clock: clock, logger: logger)
        }
        let monitored =
            [MonitoredService](providers)
            + [
                configuration.slips.map { MonitoredService($0.service, role: .readsSlips) },
                configuration.missingReader.map { MonitoredService(missingReader: $0) },
                configuration.supplierInvoices.map { MonitoredService($0.service, role: .readsSupplierInvoices) },
            ].compactMap(\.self)
        self.monitored = monitored
        var thresholds = AlarmThresholds()
        thresholds.minimumFreeSpace = configuration.minimumFreeSpace
        let alarmMonitor = AlarmMonitor(
            outbox: outbox,
            sources: MonitorSources(
                printers: { board.conditions }, disk: environment.disk, clock: environment.clockMonitor,
                reporters: [
                    {
                        [spool.figures?.alarm(at: clock.now), archive?.alarm(at: clock.now)].compactMap(\.self)
                    }
                ],
                services: monitored, isArchiving: archive != nil),
            thresholds: thresholds, events: observability.events, context: context("alarm monitor"))
        self.alarmMonitor = alarmMonitor
        sales = SaleOperations(
            outbox: outbox, providers: providers, configuration: configuration, environment: environment,
            meters: meters)
        let questions = ProviderQuestions(outbox: outbox, providers: providers)
        var documents = DocumentOperations(
            asking: questions, kept: FollowedDocuments(outbox: outbox, tasks: configuration.documents),
            printer: configuration.documentPrinter, clock: environment.clock)
        documents.diskSpace = environment.diskSpace
        self.documents = documents
        transactions = TransactionOperations(asking: questions)
        printers = PrinterOperations(outbox: outbox, board: board, printWorkers: printWorkers)
        idempotent = IdempotentRequests(outbox: outbox, clock: clock)
        preview = PaperPreview(outbox: outbox, routing: configuration.routing, stations: stations)
        status = StatusReporter(
            configuration,
            sources: StatusSources(
                sales: sales, printers: printers, services: monitored,
                clockDrifts: { Dictionary(uniqueKeysWithValues: providers.all.map { ($0.name, $0.clockDrift) }) },
                alarmMonitor: alarmMonitor, spool: spool),
            clock: clock)
        backups = BackupOperations(outbox: outbox)
        let billers = providers.all.compactMap { $0 as? any BillingProvider }
        billing = BillingOperations(outbox: outbox, provider: billers.first, clock: clock)
        billWatches = billers.map {
            BillWatch(outbox: outbox, provider: $0, context: context("bills of \($0.name)"))
        }
        events = observability.publisher
        self.meters = meters
        var metricsSources = MetricsSources(
            report: { await alarmMonitor.report(within: .seconds(2)) }, printers: { board.conditions },
            services: monitored, spool: spool, isArchiving: archive != nil,
            documentPrinter: configuration.documentPrinter)
        metricsSources.slips = configuration.slips.map { .init(service: $0.service.name, credits: $0.credits) }
        metricsSources.supplierInvoices = configuration.supplierInvoices?.service.name
        metrics = MetricsExporter(
            registry: observability.registry, sources: metricsSources,
            minimumFreeSpace: configuration.minimumFreeSpace, version: configuration.version, clock: clock)
        retention = Retention(
            outbox: outbox, keep: configuration.retention, watch: environment.clockMonitor, clock: clock, logger: logger
        )
    }

    /// The loops.
    public var services: [any Service] {
        var services: [any Service] = [alarmMonitor]
        services += jobWorkers as [any Service] + billWatches + [retention] + printWorkers
        if let slipWorker { services.append(slipWorker) }
        if let slipImageCare { services.append(slipImageCare) }
        if let supplierInvoiceWorker { services.append(supplierInvoiceWorker) }
        if let supplierInvoiceCare { services.append(supplierInvoiceCare) }
        return services
    }
}

extension DocumentArchive {
    /// What somebody has to do so that files are kept; nil if they are.
    fileprivate func alarm(at now: Date) -> Alarm? {
        trouble.map {
            Alarm(archiveTrouble: $0.error.message, reason: $0.error.code.rawValue, lasting: $0.lasting, at: now)
        }
    }
}
