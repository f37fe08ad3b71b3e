import Foundation
import Journey
public import Sales

/// A job to keep: one request to one service, built once.
public struct NewJob: Sendable, Equatable {
    public let kind: JobKind
    public let service: ServiceName
    /// Its unique name among jobs of its kind: for a registration the transaction id.
    public let key: String
    /// The bytes to send, the same at every attempt.
    public let request: [UInt8]
    /// What the service keeps beside the request, and does not send.
    public let context: String?
    /// What staff have said of the sale's buyer, and the request was built with.
    public var buyerChange: BuyerChange?
    /// Whether the service tells a repeat by itself. If not, a sale that a lost database may have had is looked for before it
    /// is made.
    public var tellsRepeats = true
    /// The search that comes first, because a lost database may have had it made; nil if none has.
    var search: JobSearch?

    public init(kind: JobKind, service: ServiceName, key: String, request: [UInt8], context: String? = nil) {
        self.kind = kind
        self.service = service
        self.key = key
        self.request = request
        self.context = context
    }
}

extension JobMachine {
    init(_ new: NewJob, dueAt due: Date) {
        let history = AttemptHistory(mayHaveActed: new.search != nil, search: new.search ?? JobSearch())
        self.init(state: .pending, step: .begin, history: history, nextAttemptAt: due)
    }
}
