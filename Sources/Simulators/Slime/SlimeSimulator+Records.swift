public import struct Foundation.Date

extension SlimeSimulator {
    /// One call of the API.
    public struct Call: Sendable {
        public enum Outcome: Sendable, Equatable {
            case success
            case exception(code: String)
            /// A status without the documented body: from a fault, or 413 and 415.
            case status(Int)
            case garbage
            /// The connection was closed without an answer.
            case lost
            /// The answer was cut short.
            case truncated
        }

        /// Counted from 1.
        public let number: Int
        /// As the token claims, verified or not; nil if it cannot be read.
        public let subject: String?
        /// As the data has it, or of the document that it names.
        public let transactionID: String?
        public let documentID: String?
        /// The token's `iat`.
        public let issuedAt: Int?
        public let outcome: Outcome
        public let at: Date
    }

    /// What happened since the start.
    public struct Totals: Sendable, Equatable {
        public var calls = 0
        public var successes = 0
        public var exceptions = 0
        /// Calls that got no documented answer.
        public var failures = 0
        public var registered = 0
        /// The registered ones by the subject that registered them. Those of other stores are not among them.
        public var registeredBySubject: [String: Int] = [:]
    }
}
