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

    let settings: Settings
    let secret: String
    var isSandbox = false
    /// A TCP address for tills of the sandbox.
    var sandboxDoor: (host: String, port: Int)?
    /// Run once intake accepts; its end stops the gateway.
    var errand: (any Service)?

    init(settings: Settings, secret: String) throws {
        self.settings = settings
        self.secret = secret
    }

    func run() async throws {
        let logger = Logger(label: "kamkap")
        let database = settings.outbox.database
        try Folders.make(for: database)
        try Folders.make(for: settings.intake.socket)
        let lock = try held { () throws(HostError) in try LockFile(path: database + ".lock") }
        let outbox: Outbox
        do { outbox = try Outbox(path: database) } catch { throw CommandExit(.inputOutput, error.message) }
        let interrupted = try await outbox.settleInterruptedPrints(at: Date())
        if interrupted > 0 {
            logger.warning("prints were interrupted and may be on paper", metadata: [LogKey.count: "\(interrupted)"])
        }
        let slime = try slimeClient()
        let socket: UnixSocket
        do {
            socket = try UnixSocket.bind(
                path: settings.intake.socket, mode: settings.intake.socketMode, group: settings.intake.socketGroup)
        } catch {
            throw CommandExit(.systemFault, error.message)
        }
        let failure = await outcome(
            of: try services(outbox: outbox, slime: slime, socket: socket, logger: logger), logger: logger)
        socket.remove()
        try? await slime.shutdown()
        do { try outbox.close() } catch {
            logger.error("the database did not close well", metadata: [LogKey.error: "\(error.message)"])
        }
        lock.release()
        if let failure { throw failure }
        logger.notice("stopped")
    }

    /// Runs the services; nil after a stop that was asked for.
    private func outcome(of services: [any Service], logger: Logger) async -> CommandExit? {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var group = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = Self.stopLimit
        do {
            try await ServiceGroup(configuration: group).run()
            return nil
        } catch let error as OutboxError {
            return CommandExit(
                .inputOutput, "\(error.message). Nothing that was accepted is lost; start again once the disk is well.")
        } catch let exit as CommandExit {
            return exit
        } catch {
            return CommandExit(.software, "stopped by a fault: \(error)")
        }
    }

    private func services(outbox: Outbox, slime: SlimeClient, socket: UnixSocket, logger: Logger) throws
        -> [any Service]
    {
        let floor = try ShopFloor(settings: settings, isSandbox: isSandbox)
        let desk = SaleDesk(
            outbox: outbox, defaults: settings.saleDefaults, routing: floor.routing,
            qrDeadline: settings.receipt.qrDeadline, logger: logger)
        let preview = PaperPreview(outbox: outbox, routing: floor.routing, papers: try floor.papers())
        let api = TillRouter(desk: desk, preview: preview, maximumBody: settings.intake.maximumBody)
        var services: [any Service] = [OutboxKeeper(outbox: outbox)]
        services.append(
            Registrar(outbox: outbox, slime: slime, concurrency: settings.slime.concurrency, logger: logger))
        services += try floor.presses(outbox: outbox, logger: logger) as [any Service]
        if let spool = settings.intake.spool {
            services.append(try spoolIntake(spool, desk: desk, logger: logger))
        }
        services.append(TillListener(door: .adopted(socket.descriptor), api: api, logger: logger))
        if let sandboxDoor {
            services.append(
                TillListener(door: .tcp(host: sandboxDoor.host, port: sandboxDoor.port), api: api, logger: logger))
        }
        services.append(Announcer(socket: socket.path, logger: logger))
        if let errand { services.append(errand) }
        return services
    }

    private func spoolIntake(_ root: String, desk: SaleDesk, logger: Logger) throws -> SpoolIntake {
        do {
            return try SpoolIntake(
                root: root, mode: settings.intake.spoolMode, group: settings.intake.socketGroup,
                maximumBody: settings.intake.maximumBody, keep: settings.intake.spoolKeep, desk: desk, logger: logger)
        } catch let error as HostError {
            throw CommandExit(.systemFault, error.message)
        }
    }

    private func slimeClient() throws -> SlimeClient {
        let slime = settings.slime
        if let file = slime.certificates, !FileManager.default.isReadableFile(atPath: file) {
            throw CommandExit(.badConfiguration, "slime.ca_file: \(file) cannot be read")
        }
        return SlimeClient(
            endpoint: SlimeEndpoint(url: slime.endpoint, keyID: slime.keyID, secret: secret),
            options: SlimeCallOptions(
                timeout: slime.timeout, connections: slime.concurrency,
                additionalCertificates: slime.certificates.map { URL(fileURLWithPath: $0) }))
    }

    private func held(_ take: () throws(HostError) -> LockFile) throws -> LockFile {
        do { return try take() } catch { throw CommandExit(.systemFault, error.message) }
    }
}

extension Settings {
    var saleDefaults: SaleDefaults {
        SaleDefaults(branchID: store.branchID, theme: slime.theme, terms: slime.terms)
    }
}
