public import Foundation
public import Sales

/// What a commit changed, in its present state. For display and counting; code that acts reads the outbox again.
public enum OutboxChange: Sendable, Equatable {
    /// A new sale, with its prints.
    case accepted(SaleRecord)
    // `receivedAt` is counted time here: it serves to measure how long something took.
    case registration(TransactionID, SaleRegistration, receivedAt: Date)
    case print(TransactionID, PrintRecord, receivedAt: Date)
    case account(ServiceName, AccountState)

    /// The sale in question; nil if it concerns all.
    public var id: TransactionID? {
        switch self {
        case .accepted(let record): record.id
        case .registration(let id, _, _), .print(let id, _, _): id
        case .account: nil
        }
    }
}
