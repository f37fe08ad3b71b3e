/// A request to be done once however often it comes, identified by its sender's key.
public struct KeyedRequest: Sendable, Equatable {
    public let key: String
    /// A digest of the operation: equal only for equal requests.
    public let fingerprint: [UInt8]

    public init(key: String, fingerprint: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
    }

    /// What is known of a request.
    public enum Standing: Sendable, Equatable {
        /// Nothing was known: its beginning is written down now.
        case new
        /// It was begun before, and its answer was not written down.
        case begun
        case answered(KeptAnswer)
        /// Another request has this key.
        case otherRequest
        /// No more keys may be kept.
        case tooMany
    }
}

/// The answer to a request.
public struct KeptAnswer: Sendable, Equatable {
    /// HTTP's.
    public let status: Int
    public let body: [UInt8]
    /// Seconds.
    public let retryAfter: Int?

    public init(status: Int, body: [UInt8], retryAfter: Int? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }
}
