extension BillgateSimulator.Leeway {
    /// What the page leaves open of lists, beside their order.
    public struct Lists: Sendable, Equatable {
        /// The `total` of a list; the page's own examples have 0 beside data.
        public enum Total: String, Sendable, CaseIterable {
            case exact, zero, absent
        }

        /// By which clock the bounds `start` and `end` are read; a day of issue begins at midnight in Bangkok.
        public enum Zone: String, Sendable, CaseIterable {
            case bangkok, utc
        }

        public var total = Total.exact
        /// The longest page, whatever `limit` says; nil for none.
        public var pageCap: Int?
        /// How many are in no page between one page and the next.
        public var lostAtBorders = 0
        public var zone = Zone.bangkok
        /// Whether `customer_code` narrows the list of customers.
        public var filtersCustomerCode = true

        public init() {}
    }

    /// What the page leaves open of answers about one thing.
    public struct Answers: Sendable, Equatable {
        /// How a document shows its customer.
        public enum Persons: String, Sendable, CaseIterable {
            case exact
            /// Spaces at the ends are cut off, and several are one.
            case trimmed
            /// By the name in the record to which the document is bound, if it is.
            case record
            /// `tax_number` is null.
            case untaxed
        }

        /// How amounts of documents are written.
        public enum Amounts: String, Sendable, CaseIterable {
            case plain
            /// `1.2E2`.
            case exponent
        }

        public var persons = Persons.exact
        public var amounts = Amounts.plain
        /// Whether a customer's address has members that the page does not know.
        public var addsAddressMembers = false
        /// Whether errors quote the request, or the document that it names.
        public var quotesRequests = false

        public init() {}
    }
}
