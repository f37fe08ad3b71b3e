public import Foundation
public import Journey
public import Sales

/// A job that is due, with all that its service needs for it.
public struct JobRecord: Sendable {
    public let seq: Int64
    /// Nil for one that belongs to no sale.
    public let sale: Sale?
    public let kind: JobKind
    public let service: ServiceName
    /// Names it once and for all among those of its kind.
    public let key: String
    /// The bytes that are sent, the same at every attempt.
    public let request: [UInt8]
    /// What the service remembers beside the request, and does not send.
    public let context: String?
    public let machine: JobMachine
    /// As it was given when it came: ``priority(at:)`` says what it is by now.
    public let priority: Priority
    /// Until then a customer is taken to wait for it.
    public let liveUntil: Date
    /// When it came, in counted time.
    public let agedFrom: Date

    /// The sale that a job belongs to.
    public struct Sale: Sendable, Equatable {
        public let seq: Int64
        public let id: TransactionID
        /// As the paper has them.
        public let totals: Totals
    }

    public var saleSeq: Int64? { sale?.seq }

    public func priority(at now: Date) -> Priority {
        priority.at(now, liveUntil: liveUntil, waitsApart: machine.waitsApart)
    }
}
