public import Foundation
public import Sales

/// How much is owed, and for how long: what a person who asks how things are is told.
///
/// Its times are counted time as they come from the outbox; ``shifted(by:)`` makes them what a clock shows.
public struct OutboxFigures: Sendable, Equatable {
    /// The registration that is owed longest.
    public struct OldestRegistration: Sendable, Equatable {
        public let id: TransactionID
        public let receivedAt: Date
        /// Why its last attempt failed; nil where none has.
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

    /// Sales that were rejected, and that nobody has acknowledged since.
    public struct Rejections: Sendable, Equatable {
        /// At most ``maximumCounted``.
        public let count: Int
        /// When the first of them was rejected.
        public let since: Date
        /// Why the last one was.
        public let errorCode: String?
        /// The sales, for whoever acknowledges what they were shown, and no more.
        let seqs: [Int64]
    }

    /// Prints of one printer that ended without a known paper, and that nobody has acknowledged or made up for since.
    public struct FailedPrints: Sendable, Equatable {
        public let printer: String
        /// At most ``maximumCounted``.
        public let count: Int
        /// Whose they are: the last few, newest first.
        public let sales: [TransactionID]
        /// When the first of them ended.
        public let since: Date
        /// How the last one ended.
        public let reason: String?
        /// The prints, for whoever acknowledges what they were shown, and no more.
        let seqs: [Int64]
    }

    /// What one service owes.
    public struct Service: Sendable, Equatable {
        public let name: ServiceName
        public let account: AccountState
        /// Jobs of every kind; all of them are held while the account is.
        public let pending: Int
    }

    /// Registrations that are owed.
    public let pending: Int
    public let rejected: Int
    /// Nil where all have been acknowledged.
    public let rejections: Rejections?
    public let oldestPending: OldestRegistration?
    /// Printers that owe nothing are left out.
    public let prints: [PrintQueue]
    /// Printers without any are left out.
    public let failedPrints: [FailedPrints]
    public let incidents: [Incident]
    /// One that owes nothing and was never down is left out.
    public let services: [Service]

    /// The account with a service; up where nothing else was found.
    public func account(of service: ServiceName) -> AccountState {
        services.first { $0.name == service }?.account ?? .up
    }

    /// So many sales are named.
    static let maximumNamed = 3
    /// So many rejected sales, and prints that ended badly, are looked at.
    public static let maximumCounted = 1_000
}
