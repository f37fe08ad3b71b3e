public import Foundation
public import Journey
public import Outbox
public import Sales

/// An event of the stream, after it is on disk.
///
/// It cannot hold a link or a buyer's data: the output is spelled out member by member.
public enum GatewayEvent: Sendable, Equatable {
    case sale(Sale)
    case registration(Registration)
    /// The same of a sale's later tax invoice.
    case taxInvoice(Registration)
    case print(Print)
    /// A document was put on paper here, or is on its way there.
    case documentPrint(DocumentPrint)
    /// A document became known, or its files are all in the archive now.
    case document(Document)
    /// A payment slip was handed in, or has come further.
    case slip(Slip)
    /// A bill has another status, or became known.
    case bill(Bill)
    case printer(PrinterCondition)
    /// An alarm was raised or cleared.
    case alarm(Alarm, isStanding: Bool)
    case gateway(Gateway)

    public struct Sale: Sendable, Equatable {
        public let id: TransactionID
        public let terminalID: String?
        public let receivedAt: Date
        public let total: Money

        init(_ record: SaleRecord) {
            id = record.id
            terminalID = record.terminalID
            receivedAt = record.receivedAt
            total = record.totals.total
        }
    }

    public struct Registration: Sendable, Equatable {
        public let id: TransactionID
        public let state: RegistrationState
        public let attempts: Int
        /// Only the code: a message may quote the provider.
        public let errorCode: String?
        public let nextAttemptAt: Date?

        /// While the account is held, every unregistered sale is.
        init(_ id: TransactionID, _ job: JobMachine, account: AccountState, shownAhead: TimeInterval = 0) {
            self.id = id
            state = RegistrationState(SaleRegistration.State(job.state), account: account)
            attempts = job.attempts
            let held = state == .held ? account.failure?.code : nil
            errorCode = held ?? job.lastError?.code
            nextAttemptAt = job.nextAttemptAt.map { $0 + shownAhead }
        }
    }

    public struct Print: Sendable, Equatable {
        public let id: TransactionID
        public let print: PrintRecord
    }

    public struct Document: Sendable, Equatable {
        public let id: TransactionID
        public let document: DocumentRecord
    }

    /// Nothing that was read on it.
    public struct Slip: Sendable, Equatable {
        public let id: SlipID
        public let sale: TransactionID?
        public let terminalID: String?
        public let state: SlipShown
        /// In what it differs.
        public let differs: [SlipDifference.Check]

        init(_ slip: SlipRecord, account: AccountState) {
            id = slip.id
            sale = slip.sale
            terminalID = slip.terminal
            state = SlipShown(slip.state, isHeld: account.condition == .held)
            differs = slip.differences.map(\.check)
        }
    }

    /// Nothing of its customer.
    public struct Bill: Sendable, Equatable {
        /// The provider's.
        public let id: String
        public let number: String?
        public let status: String?

        init(_ bill: BillRecord) {
            id = bill.id
            number = bill.number
            status = bill.status
        }
    }

    /// The gateway as a whole.
    public struct Gateway: Sendable, Equatable {
        public enum State: String, Sendable, CaseIterable {
            /// Running, with this state of the provider.
            case up, down, held
            case stopping
        }

        public let state: State
        public let since: Date
        /// The reason of the hold.
        public let code: String?
        /// Another time is another run, with ids of its own.
        public let startedAt: Date
        /// How many events this reader missed just before, because it was too slow.
        public let dropped: Int
    }
}
