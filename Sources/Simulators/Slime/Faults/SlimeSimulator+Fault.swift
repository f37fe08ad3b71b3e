extension SlimeSimulator {
    /// A deliberate fault.
    ///
    /// A call meets the first active fault that fits it and has times left, and uses one up. It also meets a wrong
    /// clock.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The call is acted on at once and answered only after this long.
            case slow(Duration)
            /// Nothing is done and this status is answered, with `Retry-After` if given.
            case unavailable(status: Int, retryAfter: Duration? = nil)
            /// The connection is closed without an answer and nothing is done.
            case loseAnswerBeforeActing
            /// The call is acted on, then the connection is closed without an answer.
            case loseAnswerAfterActing
            /// Nothing is done and this exception is answered.
            case exception(code: String, message: String? = nil)
            /// Nothing is done and 200 is answered with a body that is not the documented JSON.
            case garbage
            /// The call is acted on; the answer ends short of its content-length.
            case truncated
            /// The call is acted on, and the answer is packed, whatever the request asked for.
            case packed(Coding)
            /// `show` returns this service URL; nil leaves the member out.
            case serviceURL(String?)
            /// `show` returns this `trade_value`; nil leaves the member out.
            case tradeValue(String?)
            /// The simulator's clock, for `iat` and the `Date` header, is this far ahead.
            case clockOffset(Duration)
        }

        /// How an answer may be packed (RFC 9110 §8.4.1).
        public enum Coding: String, Sendable {
            case gzip, deflate
            /// A coding that nobody knows.
            case unheardOf = "unheard-of"
            /// A few bytes of gzip that become 64 MiB.
            case bomb
        }

        public var kind: Kind
        /// Only calls with this subject; nil for all.
        public var subject: String?
        /// Only calls about this transaction; nil for all.
        public var transactionID: String?
        /// How many calls meet it; nil until it is cleared.
        public var times: Int?

        public init(_ kind: Kind, subject: String? = nil, transactionID: String? = nil, times: Int? = nil) {
            self.kind = kind
            self.subject = subject
            self.transactionID = transactionID
            self.times = times
        }

        func fits(subject: String?, transactionID: String?) -> Bool {
            switch kind {
            case .serviceURL, .tradeValue: if subject != "trading-transaction/show" { return false }
            default: break
            }
            return (self.subject == nil || self.subject == subject)
                && (self.transactionID == nil || self.transactionID == transactionID)
        }
    }
}
