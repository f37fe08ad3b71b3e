public import struct Foundation.Date

extension BillgateSimulator {
    /// One call of the API.
    public struct Call: Sendable {
        public enum Outcome: Sendable, Equatable {
            case success(Int)
            /// It broke a rule of the page, or the account is refused.
            case refusal(Int)
            /// A status from a fault, or 404, 405, 413 and 415.
            case status(Int)
            case garbage
            /// The connection was closed without an answer.
            case lost
            /// The answer was cut short.
            case truncated
        }

        /// Counted from 1.
        public let number: Int
        /// nil if the path or the method leads nowhere.
        public let operation: Operation?
        public let method: String
        /// The path with its query, as it came.
        public let target: String
        /// As it came; nil if it was longer than `longestBodyKept`.
        public let body: [UInt8]?
        /// Of the document that the call makes or names.
        public let documentNumber: String?
        public let outcome: Outcome
        public let at: Date

        public static let longestBodyKept = 64 << 10
    }

    /// What happened since the start.
    public struct Totals: Sendable, Equatable {
        public var calls = 0
        public var successes = 0
        public var refusals = 0
        /// Calls that got no documented answer.
        public var failures = 0
        /// Documents made by calls, by their kind.
        public var made: [Document.Kind: Int] = [:]
        /// Messages to the addresses in `emails` of new documents.
        public var emailsSent = 0
        public var customersMade = 0
    }
}
