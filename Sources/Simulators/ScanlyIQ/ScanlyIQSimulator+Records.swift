public import struct Foundation.Date

extension ScanlyIQSimulator {
    /// A file that was uploaded.
    public struct Upload: Sendable, Equatable {
        public let id: String
        /// As the form named it.
        public let fileName: String
        public let size: Int
        /// SHA-256 in hexadecimal digits.
        public let digest: String
        public let at: Date
        var hasServed = false
    }

    /// A job, which was charged.
    public struct Job: Sendable, Equatable {
        public let id: String
        /// Of its images, in their order.
        public let digests: [String]
        public let model: String
        public let project: String?
        public let documentType: String
        public let credits: Int
        public let at: Date
        /// How often its result was asked for.
        public internal(set) var polls = 0
    }

    /// One call of the API.
    public struct Call: Sendable {
        public enum Outcome: Sendable, Equatable {
            case success(Int)
            /// A rule was broken, or the account is refused.
            case refusal(Int)
            /// A status from a fault.
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
        /// As it came; nil for an upload, and for one that was longer than `longestBodyKept`.
        public let body: [UInt8]?
        public let outcome: Outcome
        public let at: Date

        public static let longestBodyKept = 16 << 10
    }

    /// What happened since the start.
    public struct Totals: Sendable, Equatable {
        public var calls = 0
        public var uploads = 0
        public var jobs = 0
        public var creditsCharged = 0
        /// Calls that were answered with 429.
        public var tooMany = 0
        /// The most that came within a window, with those that were refused.
        public var mostUploads = 0
        public var mostOthers = 0
    }
}
