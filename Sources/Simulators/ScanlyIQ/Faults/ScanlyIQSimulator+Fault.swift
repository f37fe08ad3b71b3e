extension ScanlyIQSimulator {
    /// A deliberate fault. A call meets the first active fault that fits it and has times left, and uses one up.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The call is acted on at once and answered only after this long.
            case slow(Duration)
            /// Nothing is done and this status is answered, with `Retry-After` if given.
            case unavailable(status: Int, retryAfter: Duration? = nil)
            /// Nothing is done and this is answered.
            case refusal(status: Int, body: String)
            /// The connection is closed without an answer and nothing is done.
            case loseAnswerBeforeActing
            /// The call is acted on, then the connection is closed without an answer: a job is charged.
            case loseAnswerAfterActing
            /// The call is acted on, then this is answered.
            case otherAnswer(status: Int, body: String)
            /// Nothing is done and 200 is answered with a body that is not the documented JSON.
            case garbage
            /// The call is acted on; the answer ends short of its content-length.
            case truncated
            /// The call is acted on, and the answer is packed, whatever the request asked for.
            case packed(AnswerCoding)
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

extension ScanlyIQSimulator.Fault: PlannedFault {
    var clockOffset: Duration? { nil }

    func fits(_ target: ScanlyIQSimulator.Operation?) -> Bool { operation == nil || operation == target }
}
