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
    private static let greetingInterval: Duration = .seconds(45)

    let settings: Settings
    let secret: String
    private let hangUps: HangUps
    var isSandbox = false
    /// A TCP address for tills of the sandbox, who need no token.
    var sandboxAddress: ListenAddress?
    /// Sockets that systemd opened.
    var received: [ListenDescriptors.Socket] = []
    /// Run once intake accepts; its end stops the gateway.
    var errand: (any Errand)?

    init(settings: Settings, secret: String, hangUps: HangUps) throws {
        self.settings = settings
        self.secret = secret
        self.hangUps = hangUps
    }

    /// Runs the gateway until it is stopped. What the configuration gets wrong is said before anything is opened.
    func run() async throws {
        let logger = Logger(label: "kamkap")
        let events = EventHub()
        let floor = try ShopFloor(settings: settings, isSandbox: isSandbox, events: events, logger: logger)
        let lookout = Lookout(events: events, board: floor.board, logger: logger)
        let papers = try floor.papers()
        let calls = try SlimeCallOptions(settings.slime)
        for shortcoming in floor.shortcomings(usualLink: SlimeLink.longest(at: settings.slime.endpoint)) {
            shortcoming.log(to: logger)
        }
        let lock = try takeLock()
        let opened = try await openOutbox(routing: floor.routing, watch: lookout.watch, logger: logger)
        let outbox = opened.outbox
        let pulses = PulseBoard()
        let room = await roomKeeper(pulse: pulses.pulse("disk"), logger: logger)
        let slime = SlimeClient(
            endpoint: SlimeEndpoint(url: settings.slime.endpoint, keyID: settings.slime.keyID, secret: secret),
            options: calls)
        var failure: CommandExit?
        do {
            let doors = try Doors(opening: settings.intake, sandbox: sandboxAddress, received: received, logger: logger)
            defer { doors.remove() }
            let clocks = try await clockWatch(of: outbox, slime: slime)
            let clockKeeper = await clockKeeper(
                of: outbox, watch: clocks, from: opened.start, slime: slime, pulse: pulses.pulse("clock"),
                logger: logger)
            let house = House(
                outbox: outbox, clocks: clocks, clockKeeper: clockKeeper, room: room, slime: slime, doors: doors,
                floor: floor, papers: papers,
                lookout: lookout, events: events, pulses: pulses, logger: logger)
            failure = await outcome(of: try services(of: house), logger: logger)
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
    struct House {
        let outbox: Outbox
        let clocks: ClockWatch
        let clockKeeper: ClockKeeper
        let room: DiskRoomKeeper
        let slime: SlimeClient
        let doors: Doors
        let floor: ShopFloor
        let papers: [String: PaperMaker]
        let lookout: Lookout
        let events: EventHub
        let pulses: PulseBoard
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
                // Only the errand may come to an end by itself: a loop that ends has failed.
                .init(
                    service: service,
                    successTerminationBehavior: service is any Errand ? .gracefullyShutdownGroup : .cancelGroup,
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

    private func services(of house: House) throws -> [any Service] {
        let (outbox, pulses, logger) = (house.outbox, house.pulses, house.logger)
        let (routing, lookout) = (house.floor.routing, house.lookout)
        let desk = SaleDesk(
            outbox: outbox, defaults: settings.saleDefaults, routing: routing, qrDeadline: settings.receipt.qrDeadline,
            room: house.room.room, clocks: house.clocks, meters: lookout.meters, saleLog: lookout.saleLog)
        let presses = try house.floor.presses(outbox: outbox, pulses: pulses, logger: logger)
        let preview = PaperPreview(
            outbox: outbox, routing: routing, papers: house.papers, encoders: house.floor.encoders)
        let printers = PrinterDesk(outbox: outbox, board: house.floor.board, presses: presses)
        let registrar = Registrar(
            outbox: outbox, slime: house.slime, concurrency: settings.slime.concurrency,
            greetingInterval: Self.greetingInterval, meters: lookout.meters,
            pulse: pulses.pulse("registrar"), logger: logger)
        let spool = try spoolIntake(desk: desk, in: house)
        let watchman = watchman(in: house, spool: spool)
        let status = statusDesk(desk, printers: printers, registrar: registrar, watchman: watchman, spool: spool)
        let limits = tillLimits(listeners: house.doors.all.count)
        let api = TillRouter(
            desk: desk, preview: preview, printers: printers, status: status, watch: lookout.watch,
            metrics: lookout.metrics(
                watchman: watchman, spool: figures(of: spool),
                minimumFreeSpace: settings.outbox.minimumFreeSpace),
            backups: BackupDesk(outbox: outbox),
            maximumBody: settings.intake.maximumBody,
            limits: limits)
        var services: [any Service] = [
            OutboxKeeper(outbox: outbox, logger: logger), Watchdog(pulses: pulses, watchman: watchman, logger: logger),
            house.clockKeeper,
            house.room,
            watchman, registrar,
        ]
        services.append(Retention(outbox: outbox, keep: settings.outbox.retention, watch: house.clocks, logger: logger))
        for press in presses { services.append(press) }
        if let spool { services.append(spool) }
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        for door in house.doors.all {
            services.append(
                TillListener(
                    descriptor: door.descriptor, access: door.access,
                    origins: AllowedOrigins(settings.intake.allowedOrigins), api: api, limits: limits,
                    meters: lookout.meters, opened: { opening.yield() }, logger: logger))
        }
        services.append(Reload(hangUps: hangUps, doors: house.doors, intake: settings.intake, logger: logger))
        services.append(Announcer(doors: house.doors, opened: opened, watch: lookout.watch, logger: logger))
        if let errand { services.append(errand) }
        return services
    }
}
