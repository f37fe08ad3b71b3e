public import struct Foundation.Date

extension SlimeSimulator {
    /// A registered transaction.
    public struct Transaction: Sendable {
        public let id: String
        /// The claim `data` exactly as in the token that registered it.
        public let data: [UInt8]
        public let registeredAt: Date
        /// Where its customer may ask for a tax invoice. Anybody who knows it may.
        public let serviceURL: String
        /// How many stub calls named it, including the one that registered it.
        public internal(set) var attempts: Int
        let tradeValue: String
        let tags: [String]
        let token: String
    }

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
        public let transactionID: String?
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
    }
}
