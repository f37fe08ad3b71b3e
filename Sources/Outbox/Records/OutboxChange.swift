public import Foundation
public import Sales

/// What a commit changed, as it stands now. For showing and counting; whoever acts reads the outbox again.
public enum OutboxChange: Sendable, Equatable {
    /// A sale that is new, with its prints.
    case accepted(SaleRecord)
    // `receivedAt` is counted time here: it is there for how long something took.
    case registration(TransactionID, SaleRegistration, receivedAt: Date)
    case print(TransactionID, PrintRecord, receivedAt: Date)
    case account(ServiceName, AccountState)

    /// The sale that it is about; nil where it concerns all.
    public var id: TransactionID? {
        switch self {
        case .accepted(let record): record.id
        case .registration(let id, _, _), .print(let id, _, _): id
        case .account: nil
        }
    }
}
