/// A request that is to be done once however often it comes, by the key that its sender gave it.
public struct KeyedRequest: Sendable, Equatable {
    public let key: String
    /// Of what is asked for: equal for equal requests alone.
    public let fingerprint: [UInt8]

    public init(key: String, fingerprint: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
    }

    /// How a request stands with what is kept of its key.
    public enum Standing: Sendable, Equatable {
        /// Nothing was: that it is begun is written down now.
        case new
        /// It was begun before, and what came of it was not written down.
        case begun
        case answered(KeptAnswer)
        /// The key is another request's.
        case otherRequest
        /// As many keys are kept as may be.
        case tooMany
    }
}

/// What a request was answered.
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
