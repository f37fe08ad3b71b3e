import Foundation
import Gateway
import Host
import Journey
import Logging
import Monitoring
import Outbox
import Runtime
import Settings

/// The database, and where counted time went on.
struct OpenedOutbox {
    let outbox: Outbox
    let start: CountedStart
}

extension Start {
    /// Opens the database. If it is damaged and the configuration says so, sets it aside and goes on with a new one.
    func openOutbox(routing: PrinterRouting, publisher: EventPublisher, logger: Logger) async throws -> OpenedOutbox {
        let path = settings.outbox.database
        try await takeRescued(logger: logger)
        do {
            return try await openReady(path, routing: routing, publisher: publisher, logger: logger)
        } catch {
            guard error.code == .damaged, settings.outbox.onCorruption == .setAside else {
                throw CommandExit(.inputOutput, error.message)
            }
            let place = try await SetAside.move(path)
            logger.critical(
                "database damaged and set aside, sales go on in a new one; read the old one with kamkap recover",
                metadata: [LogKey.path: "\(place)", LogKey.error: "\(error.message)"])
        }
        do {
            return try await openReady(path, routing: routing, publisher: publisher, logger: logger)
        } catch {
            throw CommandExit(.inputOutput, error.message)
        }
    }

    /// The disk is checked once before anything is taken.
    func diskSpaceMonitor(_ context: LoopContext) async -> DiskSpaceMonitor {
        let path = settings.outbox.database
        let monitor = DiskSpaceMonitor(
            room: DiskSpace(minimum: settings.outbox.minimumFreeSpace), context: context
        ) {
            try await FreeSpace.available(at: path)
        }
        await monitor.lookOnce()
        return monitor
    }

    /// Whether another database was set aside, or could not be rescued whole: a new one takes its place, at this start or after
    /// one that was cut short.
    private static func hasLostAnother(beside path: String) -> Bool {
        let file = URL(fileURLWithPath: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)) ?? []
        return names.contains { name in
            ["set-aside", "rescued"].contains { name.hasPrefix("\(file.lastPathComponent).\($0)-") }
        }
    }

    /// Opens it and settles what an earlier gateway left over.
    private func openReady(_ path: String, routing: PrinterRouting, publisher: EventPublisher, logger: Logger)
        async throws(OutboxError) -> OpenedOutbox
    {
        let receipt = settings.receipt
        let outbox = try Outbox(
            path: path, rules: SaleRules(lateSlipAge: receipt.lateQR == .slip ? receipt.lateQRMaximumAge : nil),
            slips: settings.slips.map { SlipTerms($0) } ?? SlipTerms(),
            birth: DatabaseBirth(at: Date(), isLoss: Self.hasLostAnother(beside: path)),
            shownAhead: { GatewayClock.system.shownAhead })
        do {
            let start = try await resumeTime(of: outbox)
            try await publisher.follow(outbox)
            let interrupted = try await outbox.settleInterruptedPrints(at: GatewayClock.system.now)
            if interrupted > 0 {
                logger.warning(
                    "interrupted prints may be on paper", metadata: [LogKey.count: "\(interrupted)"])
            }
            let rerouted = try await outbox.rerouteQueuedPrints(keeping: routing.names, to: routing.common)
            if rerouted > 0 {
                logger.warning(
                    "prints of removed printers moved",
                    metadata: [LogKey.count: "\(rerouted)", LogKey.printer: "\(routing.common)"])
            }
            let failed = try await outbox.failDocumentPrints(
                notOn: settings.documents?.printer, at: GatewayClock.system.now)
            if failed > 0 {
                logger.warning("documents for a removed printer failed", metadata: [LogKey.count: "\(failed)"])
            }
            return OpenedOutbox(outbox: outbox, start: start)
        } catch {
            try? outbox.close()
            guard error.code == .damaged else { throw error }
            throw OutboxError(
                .damaged,
                "the database \(path) is damaged: \(error.message). Keep the file, and try: kamkap recover \(path)")
        }
    }
}
