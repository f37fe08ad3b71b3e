extension BillgateSimulator {
    /// What the page leaves open, and how the simulator has it. It may be changed while the simulator runs.
    public struct Leeway: Sendable, Equatable {
        /// What is answered to a number that another document of the same kind has.
        public enum TakenNumber: String, Sendable, CaseIterable {
            case allowed
            case conflict = "409"
            case badRequest = "400"
        }

        /// The order of every list.
        public typealias ListOrder = ShelfOrder

        /// What `next` counts. "The count of data for the next page, to be added to `offset`": that is a whole page,
        /// or what the next page has. The page's own examples have 0 beside data; and what others may make of the words.
        public enum PageStep: String, Sendable, CaseIterable {
            case limit, rest, zero, null
            /// The offset of the next page.
            case absolute
            /// More than a page.
            case beyond
        }

        /// The `total` of a document; the page's own examples have 0 beside a subtotal of 1490.
        public enum Total: String, Sendable, CaseIterable {
            case exact, zero
            case satangMore = "satang_more"
        }

        /// A reference of a receipt or tax invoice to a document that there is not; "not nullable" by the schema.
        public enum MissingReference: String, Sendable, CaseIterable {
            case null, absent, empty
        }

        /// `emails` of a customer: a string by the schema, an array in most examples.
        public enum CustomerEmails: String, Sendable, CaseIterable {
            case string, array
        }

        /// What `discount_amount` is taken off.
        public enum Discount: String, Sendable, CaseIterable {
            case line, unit
        }

        /// How the numbers of a request are read.
        public enum Numbers: String, Sendable, CaseIterable {
            /// As most servers read JSON: 15 significant digits are sure.
            case double
            case exact
        }

        public var takenNumber = TakenNumber.allowed
        public var listOrder = ListOrder.newest
        public var pageStep = PageStep.limit
        /// How long a new document is missing from its list.
        public var listLag: Duration = .zero
        /// How long a new document is not found by its id.
        public var readLag: Duration = .zero
        /// How long a new customer is missing from the list.
        public var customerListLag: Duration = .zero
        /// How long a document that was made from another is missing from that one's references.
        public var referenceLag: Duration = .zero
        /// How long a PDF is made; nil for ever.
        public var pdfDelay: Duration? = .seconds(2)
        /// How a request is answered that breaks a rule: 400 or 422.
        public var refusalStatus = 400
        /// With what status the account is refused, 401, 402 or 403; with 402 it only makes no documents. nil if it is
        /// well.
        public var accountStatus: Int?
        public var total = Total.exact
        public var missingReference = MissingReference.null
        public var customerEmails = CustomerEmails.string
        public var discount = Discount.line
        public var lists = Lists()
        public var answers = Answers()
        /// What is answered to a customer's code that another customer has.
        public var takenCustomerCode = TakenNumber.allowed
        public var numbers = Numbers.double
        /// Whether a quantity, price or discount may be below zero.
        public var takesNegativeAmounts = false
        /// Whether `paid` and `decline_payment` are accepted in every status.
        public var takesEveryTransition = false
        /// Whether `access_token` is what `X-API-Key` has to be.
        public var tokensAreKeys = true

        public init() {}

        func check() throws(SimulatorError) {
            guard [400, 422].contains(refusalStatus) else {
                throw SimulatorError(.invalidConfiguration, "leeway.refusalStatus: expected 400 or 422")
            }
            guard lists.pageCap.map((1...100).contains) ?? true, (0...99).contains(lists.lostAtBorders) else {
                throw SimulatorError(
                    .invalidConfiguration, "leeway.lists: expected a cap of 1 to 100, and 0 to 99 lost at borders")
            }
            guard accountStatus.map([401, 402, 403].contains) ?? true else {
                throw SimulatorError(.invalidConfiguration, "leeway.accountStatus: expected 401, 402 or 403")
            }
        }
    }
}
