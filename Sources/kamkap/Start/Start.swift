import Foundation
import Gateway
import Host
import Intake
import Jobs
import Journey
import Logging
import Monitoring
import Outbox
import Printing
import Raster
import Receipts
import RemoteServices
import Runtime
import Sales
import ServiceLifecycle
import Settings
import UnixSignals

/// All the wiring: settings in, one group of services out.
struct Start {
    /// How long a stop may take before everything that still runs is cancelled; systemd's own limit is longer.
    private static let stopLimit: Duration = .seconds(20)

    /// Shorter than the minute after which servers and routers commonly drop an idle connection.
    static let healthCheckInterval: Duration = .seconds(45)

    let settings: Settings
    private let hangUps: HangUpSignal
    var isSandbox = false
    /// A TCP address for tills of the sandbox, which need no token.
    var sandboxAddress: ListenAddress?
    /// Sockets that systemd opened.
    var received: [ListenDescriptors.Socket] = []
    /// Runs once intake accepts; its end stops the gateway.
    var foregroundTask: (any ForegroundTask)?

    init(settings: Settings, hangUps: HangUpSignal) {
        self.settings = settings
        self.hangUps = hangUps
    }

    /// Runs the gateway until it is stopped. Faults of the configuration are reported before anything is opened.
    func run() async throws {
        let logger = Logger(label: "kamkap")
        let fleet = try PrinterFleet(settings: settings, isSandbox: isSandbox, logger: logger)
        let stations = try fleet.stations()
        let prepared = try PreparedProviders(settings.provider)
        let preparedReaders = try PreparedReaders(settings)
        let lock = try takeLock()
        let opened = try await openOutbox(
            routing: fleet.routing, publisher: fleet.observability.publisher, logger: logger)
        let outbox = opened.outbox
        let providers = prepared.providers(seenBy: fleet.observability, logger: logger)
        for warning in fleet.warnings(usualLink: providers.current.longestLink) { warning.log(to: logger) }
        var failure: CommandExit?
        var readers = Readers()
        do {
            try preparedReaders.make(&readers, seenBy: fleet.observability, outbox: outbox, logger: logger)
            let services = try await services(
                for: fleet, stations: stations, outbox: opened, providers: providers, readers: readers, logger: logger)
            defer { services.listeners.remove() }
            failure = await outcome(of: services.all, logger: logger)
        } catch let exit as CommandExit {
            failure = exit
        }
        for provider in providers.all { try? await provider.shutdown() }
        await readers.shutdown()
        failure = await keepingLost(outbox, after: failure, logger: logger)
        do { try outbox.close() } catch {
            logger.error("database not closed cleanly", metadata: [LogKey.error: "\(error.message)"])
        }
        lock.release()
        if let failure { throw failure }
        logger.notice("stopped")
    }

    private func takeLock() throws -> LockFile {
        try Folders.make(for: settings.outbox.database)
        do { return try LockFile(path: settings.outbox.database + ".lock") } catch {
            throw CommandExit(.systemFault, error.message)
        }
    }

    /// Runs the services; nil after a requested stop.
    private func outcome(of services: [any Service], logger: Logger) async -> CommandExit? {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var group = ServiceGroupConfiguration(
            services: services.map { service in
                // Only the foreground task may end by itself: a loop that ends has failed.
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

    /// Everything that runs, and the listeners, which have to be removed in the end.
    private func services(
        for fleet: PrinterFleet, stations: [PrinterStation], outbox opened: OpenedOutbox, providers: ProviderSet,
        readers: Readers, logger: Logger
    ) async throws -> (all: [any Service], listeners: Listeners) {
        let listeners = try Listeners(
            opening: settings.intake, sandbox: sandboxAddress, received: received, logger: logger)
        do {
            let door = try Door(settings.supplierInvoices, logger: logger)
            let (outbox, observability, liveness) = (opened.outbox, fleet.observability, LivenessMonitor())
            func context(_ loop: String) -> LoopContext {
                LoopContext(heartbeat: liveness.heartbeat(loop), logger: logger)
            }
            let diskSpace = await diskSpaceMonitor(context("disk"))
            let clockMonitor = try await clockMonitor(of: outbox, provider: providers.current)
            let clockService = await clockService(
                of: opened, watch: clockMonitor, provider: providers.current, context: context("clock"))
            var configuration = try await configuration(routing: fleet.routing, outbox: outbox)
            configuration.slips = readers.slips
            configuration.supplierInvoices = readers.supplierInvoices
            configuration.formerSlipImages = PreparedSlips.formerImages(settings)
            configuration = try await configuration.withMissingReader(in: outbox)
            let components = GatewayComponents(
                configuration, outbox: outbox,
                providers: try await providers.withMissing(in: outbox), stations: stations,
                observability: observability,
                environment: environment(
                    diskSpace: diskSpace.room, clockMonitor: clockMonitor, liveness: liveness))
            let spools = try spoolIntakes(
                of: components, outbox: outbox, observability: observability, context: context)
            var services: [any Service] = [
                OutboxService(outbox: outbox, logger: logger),
                Watchdog(
                    liveness: liveness, alarmMonitor: components.alarmMonitor, services: components.monitored,
                    logger: logger),
                clockService, diskSpace,
            ]
            services += components.services
            services += spools as [any Service]
            services += listening(for: components, at: listeners, door: door, logger: logger)
            if let foregroundTask { services.append(foregroundTask) }
            return (services, listeners)
        } catch {
            listeners.remove()
            throw error
        }
    }

    /// What serves tills, and says so once all of it does.
    private func listening(
        for components: GatewayComponents, at listeners: Listeners, door: Door?, logger: Logger
    ) -> [any Service] {
        let limits = listenerLimits(listeners: listeners.all.count)
        let api = GatewayRouter(
            components, maximumBody: settings.intake.maximumBody,
            maximumPicture: settings.slips?.maximumImage ?? SlipsSettings.usualImage, limits: limits)
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        var services: [any Service] = listeners.all.map { listener in
            GatewayListener(
                descriptor: listener.descriptor,
                rules: ListenerRules(
                    access: listener.access, origins: AllowedOrigins(settings.intake.allowedOrigins), limits: limits),
                api: api, meters: components.meters, opened: { opening.yield() }, logger: logger)
        }
        services.append(
            Reload(hangUps: hangUps, listeners: listeners, door: door, intake: settings.intake, logger: logger))
        if let door, let invoices = components.supplierInvoices {
            services.append(door.listener(to: invoices, logger: logger))
        }
        services.append(
            ReadinessNotifier(listeners: listeners, opened: opened, publisher: components.events, logger: logger))
        return services
    }
}
