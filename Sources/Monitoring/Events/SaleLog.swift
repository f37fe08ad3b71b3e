import Foundation
import Journey
public import Logging
import Outbox
import Runtime
public import Sales
import Synchronization

/// Writes one line for each sale, once it is registered and on paper, with how long each took. Never its link.
public final class SaleLog: Sendable {
    /// Sales that are followed at once. For a sale beyond that, and for one from before a restart, only the
    /// registration is logged.
    private static let most = 20_000

    private struct Entry {
        var peer: String?
        var sale: (terminal: String?, total: Money)?
        var registration: Logger.Metadata?
        /// Nil while it is awaited; empty if none is wanted.
        var paper: Logger.Metadata?
    }

    private let logger: Logger
    private let entries = Mutex<[TransactionID: Entry]>([:])

    public init(logger: Logger) {
        self.logger = logger
    }

    /// A sale is about to be kept.
    ///
    /// - Parameter peer: who handed it in.
    public func expect(_ id: TransactionID, from peer: String) {
        entries.withLock { entries in
            guard entries[id] == nil, entries.count < Self.most else { return }
            entries[id] = Entry(peer: peer)
        }
    }

    /// It was not new, or was not kept.
    public func forget(_ id: TransactionID) {
        entries.withLock { entries in
            if let entry = entries[id], entry.sale == nil { entries[id] = nil }
        }
    }

    func record(_ change: OutboxChange, at now: Date) {
        switch change {
        case .accepted(let record):
            entries.withLock { entries in
                guard entries.count < Self.most || entries[record.id] != nil else { return }
                entries[record.id, default: Entry()].sale = (record.terminalID, record.totals.total)
                if record.original == nil { entries[record.id]?.paper = [:] }
            }
        case .registration(let id, let registration, let receivedAt):
            guard registration.state != .pending else {
                // It was sent again by hand while its paper waits.
                return entries.withLock { $0[id]?.registration = nil }
            }
            let metadata = Self.metadata(for: registration, after: now.timeIntervalSince(receivedAt))
            guard let entry = settle(id, { $0.registration = metadata }) else { return }
            tell(id, entry)
        case .print(let id, let print, let receivedAt):
            guard print.machine.isUnmarkedOriginal, print.machine.finishedAt != nil else { return }
            let metadata = Self.metadata(for: print, after: now.timeIntervalSince(receivedAt))
            guard isFollowed(id), let entry = settle(id, { $0.paper = metadata }) else { return }
            tell(id, entry)
        case .account: return
        }
    }

    private func isFollowed(_ id: TransactionID) -> Bool {
        entries.withLock { $0[id] != nil }
    }

    /// The whole entry once nothing is awaited any more; after that it is not followed.
    private func settle(_ id: TransactionID, _ change: (inout Entry) -> Void) -> Entry? {
        entries.withLock { entries in
            // Unknown: from before a restart, or beyond the limit.
            var entry = entries[id] ?? Entry(paper: [:])
            // An entry that is only expected is from before as well: the sale was handed in again.
            if entry.sale == nil { entry.paper = [:] }
            change(&entry)
            if entry.registration != nil, entry.paper != nil {
                entries[id] = nil
                return entry
            }
            entries[id] = entry
            return nil
        }
    }

    private func tell(_ id: TransactionID, _ entry: Entry) {
        var metadata: Logger.Metadata = [LogKey.sale: "\(id)"]
        if let peer = entry.peer { metadata[LogKey.peer] = "\(peer)" }
        if let sale = entry.sale {
            metadata[LogKey.terminal] = "\(sale.terminal ?? "-")"
            metadata[LogKey.total] = "\(sale.total)"
        }
        for part in [entry.registration, entry.paper] { metadata.merge(part ?? [:]) { _, new in new } }
        logger.info("sale done", metadata: metadata)
    }

    private static func metadata(for registration: SaleRegistration, after seconds: TimeInterval) -> Logger.Metadata {
        [
            LogKey.registrationState: "\(registration.state.rawValue)",
            LogKey.registrationAttempts: "\(registration.attempts)",
            LogKey.registrationDuration: "\(milliseconds(seconds))",
        ]
    }

    private static func metadata(for print: PrintRecord, after seconds: TimeInterval) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.printState: "\(print.machine.state.rawValue)", LogKey.printer: "\(print.printer)",
            LogKey.withQR: "\(print.withQR)", LogKey.paperDuration: "\(milliseconds(seconds))",
        ]
        if let confirmation = print.machine.confirmedBy { metadata[LogKey.confirmedBy] = "\(confirmation.rawValue)" }
        return metadata
    }

    /// A clock that was set back must not make a time negative.
    private static func milliseconds(_ seconds: TimeInterval) -> Int { Int((max(seconds, 0) * 1_000).rounded()) }
}
