extension SlimeSimulator {
    /// A deliberate fault.
    ///
    /// A call, or a request for a file, meets the first active fault that fits it and has times left, and uses one up.
    /// A call also meets a wrong clock.
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
            /// `latest-pdf`, `download-pdf` and `download-xml` return this location once there is one; nil leaves the
            /// member out.
            case location(String?)
            /// What happens to a file at its location.
            case file(FileFault)
            /// The simulator's clock, for `iat` and the `Date` header, is this far ahead.
            case clockOffset(Duration)
        }

        public typealias Coding = AnswerCoding

        public var kind: Kind
        /// Only calls with this subject, or files whose location it gave; nil for all.
        public var subject: String?
        /// Only calls and files of this transaction; nil for all.
        public var transactionID: String?
        /// Only calls about this document, and its files; nil for all.
        public var documentID: String?
        /// How many calls meet it; nil until it is cleared.
        public var times: Int?

        public init(
            _ kind: Kind, subject: String? = nil, transactionID: String? = nil, documentID: String? = nil,
            times: Int? = nil
        ) {
            self.kind = kind
            self.subject = subject
            self.transactionID = transactionID
            self.documentID = documentID
            self.times = times
        }

        /// What meets a fault: a call of the API, or a request for a file.
        struct Target {
            var listener: SlimeServer.Listener
            /// The call's, or the one that gave the file's location.
            var subject: String?
            var transactionID: String?
            var documentID: String?
        }

        func fits(_ target: Target) -> Bool {
            guard kind.fits(target.listener, target.subject) else { return false }
            return (subject == nil || subject == target.subject)
                && (transactionID == nil || transactionID == target.transactionID)
                && (documentID == nil || documentID == target.documentID)
        }
    }
}

extension SlimeSimulator.Fault: PlannedFault {
    var clockOffset: Duration? {
        if case .clockOffset(let offset) = kind { offset } else { nil }
    }
}

extension SlimeSimulator.Fault.Kind {
    /// Whether this can happen to what a listener gets.
    fileprivate func fits(_ listener: SlimeServer.Listener, _ subject: String?) -> Bool {
        switch self {
        case .file: listener == .files
        case .serviceURL, .tradeValue: listener == .api && subject == SlimeSimulator.Subject.showTransaction.rawValue
        case .location:
            listener == .api && subject.flatMap(SlimeSimulator.Subject.init(rawValue:))?.givesLocation == true
        default: listener == .api
        }
    }
}
