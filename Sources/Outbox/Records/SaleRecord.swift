public import Foundation
public import Journey
public import Sales

/// A sale as the outbox knows it: everything but its blobs.
public struct SaleRecord: Sendable, Equatable {
    /// The outbox's own number of the sale, in the order of arrival.
    public let seq: Int64
    public let id: TransactionID
    public let terminalID: String?
    /// The number on the paper.
    public let number: String
    /// As the machine's clock showed it.
    public let receivedAt: Date
    /// When it was received, in counted time.
    public let agedFrom: Date
    public let issuedAt: Date
    public let totals: Totals
    public let registration: RegistrationMachine
    public var prints: [PrintRecord]

    /// The unmarked original, where the sale has one.
    public var original: PrintRecord? { prints.first { $0.machine.isUnmarkedOriginal } }

    /// Whether the paper for the customer left `queued` and `printing`, or none was wanted.
    public var isOriginalSettled: Bool {
        guard let state = original?.machine.state else { return true }
        return state != .queued && state != .printing
    }
}

/// One piece of paper of a sale.
public struct PrintRecord: Sendable, Equatable {
    public let seq: Int64
    /// Counted from 1 within the sale.
    public let id: Int
    public let copyNumber: Int?
    public let printer: String
    /// The printer that it was meant for, where a fallback has taken over.
    public let movedFrom: String?
    public let withQR: Bool
    /// As the machine's clock showed it.
    public let requestedAt: Date
    /// When it was asked for, in counted time: its age is since then.
    public let agedFrom: Date
    /// Until then it waits for the QR.
    public let waitsUntil: Date
    /// When it is of no use any more; nil for a paper that only the configuration's age limits.
    public let expiresAt: Date?
    public let machine: PrintMachine
}

/// Whether the account with the provider works, as every reader of the outbox may know.
public struct AccountState: Sendable, Equatable {
    public enum Condition: String, Sendable {
        case up, down, held
    }

    public let condition: Condition
    /// Why it is held.
    public let failure: Failure?
    public let since: Date?

    public static let up = AccountState(condition: .up, failure: nil, since: nil)

    public init(condition: Condition, failure: Failure? = nil, since: Date? = nil) {
        self.condition = condition
        self.failure = failure
        self.since = since
    }
}

/// Who goes first where sales wait for the same thing.
public enum Priority: Int, Sendable {
    /// A till waits for it, with a customer before it.
    case till = 0
    /// It lay in a file; thousands may come at once.
    case spool = 1
}

/// A sale that is about to be kept.
public struct NewSale: Sendable {
    public let event: SaleEvent
    /// What the provider is to be sent.
    public let slimeData: [UInt8]
    /// In counted time, as all that goes in.
    public let receivedAt: Date
    /// Until then a customer is taken to wait for it.
    public let liveUntil: Date
    /// The printer of the original; nil where nothing is to be printed.
    public let printer: String?
    public let priority: Priority

    public init(
        event: SaleEvent, slimeData: [UInt8], receivedAt: Date, liveUntil: Date, printer: String?,
        priority: Priority = .till
    ) {
        self.event = event
        self.slimeData = slimeData
        self.receivedAt = receivedAt
        self.liveUntil = liveUntil
        self.printer = printer
        self.priority = priority
    }
}

/// What became of a sale that was handed in.
public enum Acceptance: Sendable, Equatable {
    case new(SaleRecord)
    /// The same sale was here before.
    case same(SaleRecord)
    /// Another sale has this id.
    case conflict
}

/// A registration that is due.
public struct OwedRegistration: Sendable {
    public let seq: Int64
    public let id: TransactionID
    public let machine: RegistrationMachine
    /// As the paper has them.
    public let totals: Totals
    /// The bytes that are sent, the same at every attempt.
    public let slimeData: [UInt8]
    public let namesItsTheme: Bool
    public let receivedAt: Date
    public let liveUntil: Date
    public let priority: Priority
}

/// A print that is due, with what it takes to set the paper.
public struct OwedPrint: Sendable {
    public let print: PrintRecord
    public let saleSeq: Int64
    public let id: TransactionID
    public let receivedAt: Date
    /// The event as it was kept, canonical JSON.
    public let event: [UInt8]
    public let terms: SaleTerms
    public let registration: RegistrationMachine
}
