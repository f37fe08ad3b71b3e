public import struct Foundation.Date

extension ObjectStoreSimulator {
    public enum Operation: String, Sendable, CaseIterable {
        case put, get, delete
    }

    /// What is kept under a key.
    public struct StoredObject: Sendable {
        public let key: String
        public let contentType: String
        public let bytes: [UInt8]
        public let sha256: String
        public let storedAt: Date
        /// How often it was put since it was first there.
        public internal(set) var puts = 1
        /// How often it was read.
        public internal(set) var gets = 0
    }

    /// One call. Of what it was signed with, nothing is kept.
    public struct Call: Sendable {
        /// nil if it leads nowhere.
        public let operation: Operation?
        /// The path as it came, without its query.
        public let path: String
        /// The answer's; 0 if the connection was closed instead.
        public let status: Int
        /// Of the error in the answer.
        public let code: String?
        public let at: Date

        static let mostKept = 10_000
    }

    /// What happened since the start.
    public struct Totals: Sendable, Equatable {
        public var calls = 0
        public var refusals = 0
        /// Objects that were put, those that replaced others too.
        public var puts = 0
        public var gets = 0
        /// Objects that were there and were removed.
        public var removed = 0
    }
}
