public import Foundation
public import Sales

/// How much is owed, and for how long: the base of status and alarms.
///
/// Its times are counted time as they come from the outbox; ``shifted(by:)`` converts them to a clock's.
public struct OutboxFigures: Sendable, Equatable {
    /// The registration that is owed longest.
    public struct OldestRegistration: Sendable, Equatable {
        public let id: TransactionID
        public let receivedAt: Date
        public let provider: ServiceName
        /// Why its last attempt failed; nil if none has.
        public let errorCode: String?
    }

    /// The prints that one printer owes: those that wait for it, and the one in its hands.
    public struct PrintQueue: Sendable, Equatable {
        public let printer: String
        /// Prints that wait.
        public let queued: Int
        /// When the first in the queue, or the one that is being printed, was asked for.
        public let oldestRequestedAt: Date
    }

    /// Rejected sales, and rejected later tax invoices, that nobody has acknowledged since.
    public struct Rejections: Sendable, Equatable {
        /// Of both, at most ``maximumCounted`` of each.
        public var count: Int { seqs.count }
        /// When the first of them was rejected.
        public let since: Date
        /// The service that rejected the last one.
        public let provider: ServiceName
        /// Why the last one was.
        public let errorCode: String?
        /// How many of them are later tax invoices.
        public var invoices = 0
        /// The sales of those: the last few, newest first. No list of sales shows them.
        public var invoiced: [TransactionID] = []
        /// The jobs, so that an acknowledgement covers what was shown, and no more.
        let seqs: [Int64]
    }

    /// Prints of one printer, of documents too, that ended without a known paper, and that nobody has acknowledged and no
    /// later paper has replaced.
    public struct FailedPrints: Sendable, Equatable {
        public let printer: String
        /// At most ``maximumCounted`` of each kind.
        public var count: Int { seqs.count + documentSeqs.count }
        /// How many of them are documents.
        public var documents: Int { documentSeqs.count }
        /// Their sales: the last few, newest first.
        public let sales: [TransactionID]
        /// When the first of them ended.
        public let since: Date
        /// How the last one ended.
        public let reason: String?
        /// The papers of sales, so that an acknowledgement covers what was shown, and no more.
        let seqs: [Int64]
        /// The same of documents.
        let documentSeqs: [Int64]
    }

    /// What one service owes.
    public struct Service: Sendable, Equatable {
        public let name: ServiceName
        public let account: AccountState
        /// Jobs of every kind but those about documents; all of them are held while the account is.
        public let pending: Int
    }

    /// Owed registrations.
    public let pending: Int
    /// Those of them whose provider holds the account.
    public let held: Int
    public let rejected: Int
    /// Nil if all have been acknowledged.
    public let rejections: Rejections?
    public let oldestPending: OldestRegistration?
    /// Without printers that owe nothing.
    public let prints: [PrintQueue]
    /// Without printers that have none.
    public let failedPrints: [FailedPrints]
    public let incidents: [Incident]
    /// Without services that owe nothing and were never down.
    public let services: [Service]
    public var documents = DocumentFigures()

    /// The account with a service; up if nothing else is known.
    public func account(of service: ServiceName) -> AccountState {
        services.first { $0.name == service }?.account ?? .up
    }

    /// Jobs of every kind that a service owes.
    public func pending(of service: ServiceName) -> Int { services.first { $0.name == service }?.pending ?? 0 }

    /// At most this many sales are named for one thing.
    static let maximumNamed = 3
    /// At most this many rejected sales, and failed prints, are looked at.
    public static let maximumCounted = 1_000
}
