import Foundation
import Journey
public import Logging
import Outbox
import Runtime
import Sales

/// Writes one line for each sale, once it is registered and on paper, with how long each took. Never its link.
public struct SaleLog: Sendable {
    private let logger: Logger

    public init(logger: Logger) {
        self.logger = logger
    }

    func record(_ change: OutboxChange) {
        guard case .settled(let sale) = change else { return }
        var metadata: Logger.Metadata = [
            LogKey.sale: "\(sale.id)", LogKey.peer: "\(sale.source)", LogKey.terminal: "\(sale.terminalID ?? "-")",
            LogKey.total: "\(sale.totals.total)",
        ]
        metadata.merge(Self.metadata(of: sale.registration, receivedAt: sale.agedFrom)) { _, new in new }
        if let original = sale.original {
            metadata.merge(Self.metadata(of: original, receivedAt: sale.receivedAt)) { _, new in new }
        }
        logger.info("sale done", metadata: metadata)
    }

    private static func metadata(of registration: SaleRegistration, receivedAt: Date) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.registrationState: "\(registration.state.rawValue)",
            LogKey.registrationAttempts: "\(registration.attempts)",
        ]
        if let endedAt = registration.endedAt {
            metadata[LogKey.registrationDuration] = "\(milliseconds(from: receivedAt, to: endedAt))"
        }
        return metadata
    }

    private static func metadata(of print: PrintRecord, receivedAt: Date) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.printState: "\(print.machine.state.rawValue)", LogKey.printer: "\(print.printer)",
            LogKey.withQR: "\(print.withQR)",
        ]
        if let finishedAt = print.machine.finishedAt {
            metadata[LogKey.paperDuration] = "\(milliseconds(from: receivedAt, to: finishedAt))"
        }
        if let confirmation = print.machine.confirmedBy { metadata[LogKey.confirmedBy] = "\(confirmation.rawValue)" }
        return metadata
    }

    /// A clock that was set back must not make a time negative.
    private static func milliseconds(from begin: Date, to end: Date) -> Int {
        Int((max(end.timeIntervalSince(begin), 0) * 1_000).rounded())
    }
}
