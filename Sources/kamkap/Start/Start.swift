import Foundation
import Gateway
import Host
import Intake
import Journey
import Logging
import Outbox
import Printing
import Raster
import Receipts
import Sales
import ServiceLifecycle
import Settings
import Slime
import UnixSignals

/// All the wiring: settings in, one group of services out.
struct Start {
    /// How long a stop may take before what still runs is cancelled; systemd's own limit is longer.
    private static let stopLimit: Duration = .seconds(20)

    /// Shorter than the minute after which servers and routers commonly drop an idle connection.
    private static let healthCheckInterval: Duration = .seconds(45)

    let settings: Settings
    let secret: String
    private let hangUps: HangUps
    var isSandbox = false
    /// A TCP address for tills of the sandbox, who need no token.
    var sandboxAddress: ListenAddress?
    /// Sockets that systemd opened.
    var received: [ListenDescriptors.Socket] = []
    /// Run once intake accepts; its end stops the gateway.
    var foregroundTask: (any ForegroundTask)?

    init(settings: Settings, secret: String, hangUps: HangUps) throws {
        self.settings = settings
        self.secret = secret
        self.hangUps = hangUps
    }

    /// Runs the gateway until it is stopped. What the configuration gets wrong is said before anything is opened.
    func run() async throws {
        let logger = Logger(label: "kamkap")
        let events = EventHub()
        let fleet = try PrinterFleet(settings: settings, isSandbox: isSandbox, events: events, logger: logger)
        let observability = Observability(events: events, board: fleet.board, logger: logger)
        let papers = try fleet.papers()
        let calls = try SlimeCallOptions(settings.slime)
        for shortcoming in fleet.shortcomings(usualLink: SlimeLink.longest(at: settings.slime.endpoint)) {
            shortcoming.log(to: logger)
        }
        let lock = try takeLock()
        let opened = try await openOutbox(routing: fleet.routing, watch: observability.watch, logger: logger)
        let outbox = opened.outbox
        let liveness = LivenessMonitor()
        let room = await diskSpaceMonitor(heartbeat: liveness.heartbeat("disk"), logger: logger)
        let slime = SlimeClient(
            endpoint: SlimeEndpoint(url: settings.slime.endpoint, keyID: settings.slime.keyID, secret: secret),
            options: calls)
        var failure: CommandExit?
        do {
            let listeners = try Listeners(
                opening: settings.intake, sandbox: sandboxAddress, received: received, logger: logger)
            defer { listeners.remove() }
            let clocks = try await clockWatch(of: outbox, slime: slime)
            let clockService = await clockService(
                of: outbox, watch: clocks, from: opened.start, slime: slime, heartbeat: liveness.heartbeat("clock"),
                logger: logger)
            let components = GatewayComponents(
                outbox: outbox, clocks: clocks, clockService: clockService, room: room, slime: slime,
                listeners: listeners,
                fleet: fleet, papers: papers,
                observability: observability, events: events, liveness: liveness, logger: logger)
            failure = await outcome(of: try services(of: components), logger: logger)
        } catch let exit as CommandExit {
            failure = exit
        }
        try? await slime.shutdown()
        failure = await keepingLost(outbox, after: failure, logger: logger)
        do { try outbox.close() } catch {
            logger.error("the database did not close well", metadata: [LogKey.error: "\(error.message)"])
        }
        lock.release()
        if let failure { throw failure }
        logger.notice("stopped")
    }

    /// What the services share.
    struct GatewayComponents {
        let outbox: Outbox
        let clocks: ClockMonitor
        let clockService: ClockService
        let room: DiskSpaceMonitor
        let slime: SlimeClient
        let listeners: Listeners
        let fleet: PrinterFleet
        let papers: [String: PaperMaker]
        let observability: Observability
        let events: EventHub
        let liveness: LivenessMonitor
        let logger: Logger
    }

    private func takeLock() throws -> LockFile {
        try Folders.make(for: settings.outbox.database)
        do { return try LockFile(path: settings.outbox.database + ".lock") } catch {
            throw CommandExit(.systemFault, error.message)
        }
    }

    /// Runs the services; nil after a stop that was asked for.
    private func outcome(of services: [any Service], logger: Logger) async -> CommandExit? {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var group = ServiceGroupConfiguration(
            services: services.map { service in
                // Only the foreground task may come to an end by itself: a loop that ends has failed.
                .init(
                    service: service,
                    successTerminationBehavior: service is any ForegroundTask ? .gracefullyShutdownGroup : .cancelGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = Self.stopLimit
        do {
            try await ServiceGroup(configuration: group).run()
            return nil
        } catch let error as OutboxError where error.code == .damaged {
            return CommandExit(
                .inputOutput, "\(error.message). Keep the file, and try: kamkap recover \(settings.outbox.database)")
        } catch let error as OutboxError where error.code == .fileLost {
            return CommandExit(.inputOutput, error.message)
        } catch let error as OutboxError {
            return CommandExit(
                .inputOutput, "\(error.message). Nothing that was accepted is lost; start again once the disk is well.")
        } catch let exit as CommandExit {
            return exit
        } catch {
            return CommandExit(.software, "stopped by a fault: \(error)")
        }
    }

    private func services(of components: GatewayComponents) throws -> [any Service] {
        let (outbox, liveness, logger) = (components.outbox, components.liveness, components.logger)
        let (routing, observability) = (components.fleet.routing, components.observability)
        let sales = SaleOperations(
            outbox: outbox, defaults: settings.saleDefaults, routing: routing, qrDeadline: settings.receipt.qrDeadline,
            room: components.room.room, clocks: components.clocks, meters: observability.meters,
            saleLog: observability.saleLog)
        let printWorkers = try components.fleet.printWorkers(outbox: outbox, liveness: liveness, logger: logger)
        let preview = PaperPreview(
            outbox: outbox, routing: routing, papers: components.papers, encoders: components.fleet.encoders)
        let printers = PrinterOperations(outbox: outbox, board: components.fleet.board, printWorkers: printWorkers)
        let jobWorker = JobWorker(
            outbox: outbox, slime: components.slime, concurrency: settings.slime.concurrency,
            healthCheckInterval: Self.healthCheckInterval, meters: observability.meters,
            heartbeat: liveness.heartbeat("job worker"), logger: logger)
        let spool = try spoolIntake(sales: sales, in: components)
        let alarmMonitor = alarmMonitor(in: components, spool: spool)
        let status = statusReporter(
            sales, printers: printers, jobWorker: jobWorker, alarmMonitor: alarmMonitor, spool: spool)
        let limits = tillLimits(listeners: components.listeners.all.count)
        let api = GatewayRouter(
            sales: sales, preview: preview, printers: printers, status: status, watch: observability.watch,
            metrics: observability.metrics(
                alarmMonitor: alarmMonitor, spool: figures(of: spool),
                minimumFreeSpace: settings.outbox.minimumFreeSpace),
            backups: BackupOperations(outbox: outbox),
            maximumBody: settings.intake.maximumBody,
            limits: limits)
        var services: [any Service] = [
            OutboxService(outbox: outbox, logger: logger),
            Watchdog(liveness: liveness, alarmMonitor: alarmMonitor, logger: logger),
            components.clockService,
            components.room,
            alarmMonitor, jobWorker,
        ]
        services.append(
            Retention(outbox: outbox, keep: settings.outbox.retention, watch: components.clocks, logger: logger))
        for printWorker in printWorkers { services.append(printWorker) }
        if let spool { services.append(spool) }
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        for listener in components.listeners.all {
            services.append(
                GatewayListener(
                    descriptor: listener.descriptor, access: listener.access,
                    origins: AllowedOrigins(settings.intake.allowedOrigins), api: api, limits: limits,
                    meters: observability.meters, opened: { opening.yield() }, logger: logger))
        }
        services.append(
            Reload(hangUps: hangUps, listeners: components.listeners, intake: settings.intake, logger: logger))
        services.append(
            ReadinessNotifier(
                listeners: components.listeners, opened: opened, watch: observability.watch, logger: logger))
        if let foregroundTask { services.append(foregroundTask) }
        return services
    }
}
