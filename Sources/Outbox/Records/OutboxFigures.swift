public import Foundation
public import Sales

/// How much is owed, and for how long: what a person who asks how things are is told.
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

    /// Registrations that are owed; all of them are held while the account is.
    public let pending: Int
    public let rejected: Int
    /// Of these, how many were rejected after the time that was asked about; at most ``maximumCounted``.
    public let rejectedLately: Int
    public let oldestPending: OldestRegistration?
    /// Printers that owe nothing are left out.
    public let prints: [PrintQueue]
    public let account: AccountState

    /// The newest rejected sales that are looked at for ``rejectedLately``.
    public static let maximumCounted = 1_000
}
