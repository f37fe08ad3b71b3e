public import Foundation

extension BillgateSimulator {
    /// An invoice, a receipt or a tax invoice.
    public struct Document: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case invoice, receipt
            case taxInvoice = "tax_invoice"
        }

        /// Where an invoice is on its way.
        public enum Status: String, Sendable, CaseIterable {
            case created
            case pendingPayment = "pending_payment"
            /// Its customer says that it is paid.
            case pendingApproval = "pending_approval"
            case paid
        }

        /// What its merchant says was paid.
        public struct Payment: Sendable {
            /// As it was sent: with or without a time of day.
            public let date: String
            let amount: Decimal
        }

        public let id: String
        public let kind: Kind
        public let number: String
        /// The body of the request that made it.
        public let request: [UInt8]
        public let madeAt: Date
        /// Whether no call of the API made it.
        public let isForeign: Bool
        /// The 64 digits at the end of its link.
        let token: String
        let content: DocumentContent
        /// What it was made from.
        let invoiceID: String?
        let receiptID: String?
        /// nil for one that is no invoice.
        public internal(set) var status: Status?
        public internal(set) var payment: Payment?
        var transitions: [Transition] = []
        public internal(set) var isGone = false

        public var name: String { content.name ?? number }
        public var issueDate: String { content.issueDate }
        /// The record to which its customer is bound.
        public var customerID: String? { content.customerID }
        var day: String { content.issueDate }
        public var emails: [String] { content.customer.emails }
        /// What it comes to, however answers may show it: `448` or `97.48`.
        public var total: String { "\(content.sums.total)" }
        /// What links end with: `/pouch/…`.
        public var linkPath: String { "/pouch/\(token)" }
        /// What its PDF is called, and what it is found by.
        var linkKey: String { String(token.prefix(32)) }
    }
}

extension BillgateSimulator.Document: Shelved {
    /// What comes to it from outside.
    struct Origin {
        var request: [UInt8]
        var madeAt: Date
        var invoiceID: String?
        var receiptID: String?
        /// What was paid of the invoice that it was made from.
        var payment: Payment?
        var isForeign = false
    }

    init(_ kind: Kind, number: String, content: DocumentContent, from origin: Origin) {
        id = UUIDText.make()
        token = Unguessable.text(words: 4)
        (self.kind, self.number, self.content) = (kind, number, content)
        (request, madeAt, isForeign) = (origin.request, origin.madeAt, origin.isForeign)
        (invoiceID, receiptID) = (origin.invoiceID, origin.receiptID)
        payment = origin.payment
    }

    /// The words of the list's filter, which are others than those of an invoice. The page does not say how they fit.
    enum Filter: String, CaseIterable {
        case pending, overdue, paid, unpaid, sent, rejected
    }

    func fits(_ filter: Filter, today: CivilDay) -> Bool {
        let isOpen = status == .created || status == .pendingPayment
        let isLate = content.dueDate.flatMap { CivilDay($0) }.map { $0 < today } ?? false
        let isRejected = isOpen && transitions.last?.isDecline == true
        return switch filter {
        case .pending: status == .pendingApproval
        case .overdue: isOpen && isLate
        case .paid: status == .paid
        case .unpaid: status != .paid
        case .sent: isOpen && !isRejected
        case .rejected: isRejected
        }
    }
}
