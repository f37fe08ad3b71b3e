public import Foundation
public import Sales

/// A call about bills that changes something, as the journal has it.
public struct BillingCallRecord: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// Written down, and not answered yet. Without a call under way its end is unknown.
        case open
        case done
        /// Certainly not done.
        case refused
        /// Perhaps done.
        case unknown
    }

    public let seq: Int64
    public let service: ServiceName
    /// `bills add`.
    public let verb: String
    /// What its thing is known by.
    public let key: String
    public let state: State
    /// The provider's id of the thing; nil if it is not known.
    public let answerID: String?
    public let errorCode: String?
    /// As the machine's clock showed it.
    public let askedAt: Date
    public let endedAt: Date?
    /// When it was sent, in counted time.
    public let calledAt: Date
    /// How often its thing was looked for since, and was not there.
    public let looks: Int
    public let lookedAt: Date?

    /// The same as it is seen when nobody can tell its end any more.
    public var withUnknownEnd: BillingCallRecord {
        BillingCallRecord(
            seq: seq, service: service, verb: verb, key: key, state: .unknown, answerID: answerID,
            errorCode: errorCode, askedAt: askedAt, endedAt: endedAt, calledAt: calledAt, looks: looks,
            lookedAt: lookedAt)
    }
}

/// A call to write down before its first byte.
public struct NewBillingCall: Sendable, Equatable {
    public let service: ServiceName
    public let verb: String
    public let key: String
    /// Nil for a call without a body.
    public let request: [UInt8]?

    public init(service: ServiceName, verb: String, key: String, request: [UInt8]?) {
        self.service = service
        self.verb = verb
        self.key = key
        self.request = request
    }
}

/// How a call ended.
public enum BillingCallEnd: Sendable, Equatable {
    /// - Parameters:
    ///   - id: of its thing.
    ///   - bill: a bill to watch from now on.
    case done(id: String?, bill: BillRecord? = nil)
    case refused(code: String)
    case unknown(code: String)
}
