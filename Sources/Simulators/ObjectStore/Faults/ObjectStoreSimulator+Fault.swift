extension ObjectStoreSimulator {
    /// A deliberate fault. A call meets the first active fault that fits it and has times left, and uses one up.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The call is acted on at once and answered only after this long.
            case slow(Duration)
            /// Nothing is done and this status is answered without a word of S3, with `Retry-After` if given.
            case unavailable(status: Int, retryAfter: Duration? = nil)
            /// Nothing is done and this is answered as an error of S3: `SlowDown` with 503.
            case refusal(status: Int, code: String, retryAfter: Duration? = nil)
            /// The connection is closed without an answer and nothing is done: for every call, the store is down.
            case loseAnswerBeforeActing
            /// The call is acted on, then the connection is closed without an answer.
            case loseAnswerAfterActing
            /// Nothing is done and 200 is answered with a page.
            case garbage
            /// The call is acted on; the answer ends short of its content-length.
            case truncated
            /// The call is acted on, and the answer has no end.
            case endless
            /// The call is acted on, and the answer is packed, whatever the request asked for.
            case packed(AnswerCoding)
            /// The clock is ahead by this much, for signatures and in the header `Date`.
            case clock(ahead: Duration)
            /// The header `Date` is ahead by this much, and the clock that judges signatures is not.
            case shownClock(ahead: Duration)
        }

        public var kind: Kind
        /// Only calls of this operation; nil for all.
        public var operation: Operation?
        /// How many calls meet it; nil until it is cleared.
        public var times: Int?

        public init(_ kind: Kind, operation: Operation? = nil, times: Int? = nil) {
            self.kind = kind
            self.operation = operation
            self.times = times
        }
    }
}

extension ObjectStoreSimulator.Fault: PlannedFault {
    var clockOffset: Duration? {
        if case .clock(let ahead) = kind { ahead } else { nil }
    }

    func fits(_ target: ObjectStoreSimulator.Operation?) -> Bool { operation == nil || operation == target }
}
