/// What can go wrong with any call of a simulator: its answer, or how the answer travels.
public enum AnswerFault: Sendable, Equatable {
    /// The call is acted on at once and answered only after this long.
    case slow(Duration)
    /// Nothing is done and this status is answered, with `Retry-After` if given.
    case unavailable(status: Int, retryAfter: Duration? = nil)
    /// Nothing is done and this is answered.
    case refusal(status: Int, body: String)
    /// The connection is closed without an answer and nothing is done.
    case loseAnswerBeforeActing
    /// The call is acted on, then the connection is closed without an answer.
    case loseAnswerAfterActing
    /// The connection is closed without an answer, and the call is acted on so much later, by the clock that its owner turns
    /// on.
    case actLater(Duration)
    /// The call is acted on, then this is answered.
    case otherAnswer(status: Int, body: String)
    /// Nothing is done and 200 is answered with a page that is no JSON.
    case garbage
    /// The call is acted on; the answer ends short of its content-length.
    case truncated
    /// The call is acted on; the answer has no end.
    case endless
    /// The call is acted on; the answer comes byte by byte.
    case drip
    /// The call is acted on, and the answer is packed, whatever the request asked for.
    case packed(AnswerCoding)

    /// The answer in place of acting; nil if the call is acted on.
    func answer(date: String) -> (Reply, CallOutcome)? {
        switch self {
        case .unavailable(let status, let retryAfter):
            var reply = Reply.text(status, "The simulator was told to answer \(status).", date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, .status(status))
        case .refusal(let status, let body):
            return (Reply(status: status, body: Array(body.utf8), date: date), .status(status))
        case .actLater, .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .garbage:
            let page = Array("<html><body>Welcome to our free Wi-Fi!</body></html>".utf8)
            return (Reply(status: 200, contentType: "text/html", body: page, date: date), .garbage)
        case .slow, .loseAnswerAfterActing, .otherAnswer, .truncated, .endless, .drip, .packed: return nil
        }
    }

    /// What becomes of the answer of a call that was acted on.
    func spoil(_ reply: inout Reply, _ outcome: inout CallOutcome) {
        switch self {
        case .slow(let delay): reply.delay = delay
        case .loseAnswerAfterActing: (reply.delivery, outcome) = (.lost, .lost)
        case .truncated: (reply.delivery, outcome) = (.cutShort, .truncated)
        case .endless: (reply.delivery, outcome) = (.endless, .truncated)
        case .drip: reply.delivery = .drip
        case .packed(let coding): reply.pack(as: coding)
        case .otherAnswer(let status, let body):
            reply = Reply(status: status, body: Array(body.utf8), date: reply.date)
            outcome = .status(status)
        case .unavailable, .refusal, .loseAnswerBeforeActing, .actLater, .garbage: break
        }
    }
}
