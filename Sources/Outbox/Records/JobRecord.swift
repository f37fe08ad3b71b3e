public import Foundation
public import Journey
public import Sales

/// A due job, with everything that its service needs for it.
public struct JobRecord: Sendable {
    public let seq: Int64
    /// Nil for a job that belongs to no sale.
    public let sale: Sale?
    public let kind: JobKind
    public let service: ServiceName
    /// Its unique name among jobs of its kind.
    public let key: String
    /// The bytes to send, the same at every attempt.
    public let request: [UInt8]
    /// What the service keeps beside the request, and does not send.
    public let context: String?
    public let machine: JobMachine
    /// Whether the attempt before was begun, and how it ended was never written down: the gateway was killed in it.
    public let followsInterruption: Bool
    /// As it was given at the start: ``priority(at:)`` is the present one.
    public let priority: Priority
    /// Until then a customer probably waits for it.
    public let liveUntil: Date
    /// When it came, in counted time.
    public let agedFrom: Date

    /// The sale that a job belongs to.
    public struct Sale: Sendable, Equatable {
        public let seq: Int64
        public let id: TransactionID
        /// As on the paper.
        public let totals: Totals
    }

    public var saleSeq: Int64? { sale?.seq }

    public func priority(at now: Date) -> Priority {
        priority.at(now, liveUntil: liveUntil, waitsApart: machine.waitsApart)
    }
}
