extension SlimeSimulator {
    /// Something that goes wrong on purpose.
    ///
    /// Of the faults that are active a call meets the first that fits it and has times left, and uses one up; a clock that
    /// is wrong is met besides that one.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The call is acted upon at once and answered only after this long.
            case slow(Duration)
            /// Nothing is done and this status answered, with `Retry-After` when given.
            case unavailable(status: Int, retryAfter: Duration? = nil)
            /// The connection is closed without an answer and nothing is done.
            case loseAnswerBeforeActing
            /// The call is acted upon, then the connection closed without an answer.
            case loseAnswerAfterActing
            /// Nothing is done and this exception answered.
            case exception(code: String, message: String? = nil)
            /// Nothing is done and 200 answered with a body that is not the documented JSON.
            case garbage
            /// The call is acted upon; the answer ends short of its content-length.
            case truncated
            /// The call is acted upon, and the answer packed, whatever was asked for.
            case packed(Coding)
            /// `show` gives this service URL; nil leaves the member out.
            case serviceURL(String?)
            /// `show` gives this `trade_value`; nil leaves the member out.
            case tradeValue(String?)
            /// The simulator's clock is this far ahead: the one `iat` is judged by, and the `Date` header.
            case clockOffset(Duration)
        }

        /// How an answer may be packed (RFC 9110 §8.4.1).
        public enum Coding: String, Sendable {
            case gzip, deflate
            /// None that anybody knows.
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
