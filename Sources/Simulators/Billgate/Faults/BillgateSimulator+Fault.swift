extension BillgateSimulator {
    /// A deliberate fault. A call meets the first active fault that fits it and has times left, and uses one up.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The call is acted on at once and answered only after this long.
            case slow(Duration)
            /// Nothing is done and this status is answered, with `Retry-After` if given.
            case unavailable(status: Int, retryAfter: Duration? = nil)
            /// Nothing is done and this is answered: no error of the page has a known body.
            case refusal(status: Int, body: String)
            /// The connection is closed without an answer and nothing is done.
            case loseAnswerBeforeActing
            /// The call is acted on, then the connection is closed without an answer.
            case loseAnswerAfterActing
            /// The connection is closed without an answer, and the call is acted on so much later, by the clock that its
            /// owner turns on.
            case actLater(Duration)
            /// The call is acted on, then this is answered.
            case otherAnswer(status: Int, body: String)
            /// Nothing is done and 200 is answered with a body that is not the documented JSON.
            case garbage
            /// The call is acted on; the answer ends short of its content-length.
            case truncated
            /// The call is acted on, and the answer is packed, whatever the request asked for.
            case packed(AnswerCoding)
            /// Documents in the answer have this `shareable_url`; nil leaves the member out.
            case shareableURL(String?)
            /// Documents in the answer have this `total`, the text of a JSON number; nil leaves the member out.
            case total(String?)
        }

        /// What a fault makes of the documents in an answer.
        enum Shown {
            case shareableURL(String?)
            case total(String?)
        }

        /// What can meet a fault.
        struct Target {
            let operation: Operation?
            let number: String?
        }

        public var kind: Kind
        /// Only calls of this operation; nil for all.
        public var operation: Operation?
        /// Only calls that make or name a document with this number; nil for all.
        public var number: String?
        /// How many calls meet it; nil until it is cleared.
        public var times: Int?

        public init(_ kind: Kind, operation: Operation? = nil, number: String? = nil, times: Int? = nil) {
            self.kind = kind
            self.operation = operation
            self.number = number
            self.times = times
        }
    }
}

extension BillgateSimulator.Fault: PlannedFault {
    var clockOffset: Duration? { nil }

    func fits(_ target: Target) -> Bool {
        (operation == nil || operation == target.operation) && (number == nil || number == target.number)
            && kind.fits(target.operation)
    }
}

extension BillgateSimulator.Fault.Kind {
    var shown: BillgateSimulator.Fault.Shown? {
        switch self {
        case .shareableURL(let url): .shareableURL(url)
        case .total(let text): .total(text)
        default: nil
        }
    }

    /// Whether this can happen to an answer.
    fileprivate func fits(_ operation: BillgateSimulator.Operation?) -> Bool {
        guard shown != nil else { return true }
        return switch operation {
        case .createInvoice, .getInvoiceById, .getReceiptById, .getTaxInvoiceById, .listInvoices, .listReceipts,
            .listTaxInvoices:
            true
        default: false
        }
    }
}
