/// Why a call failed, and what follows from it.
public struct ServiceFailure: Error, Sendable, Equatable {
    /// What it means for this job and for all. The service only says it; the job worker acts on it.
    public enum Disposition: Sendable, Equatable {
        /// The service answered, and nothing is wrong for good: try again later.
        case retry
        /// The service answered in a way that this version does not know: try again much later.
        case retrySeldom
        /// No answer in the service's own words. `isServiceWide`: no job can have caused that.
        case noAnswer(isServiceWide: Bool)
        /// The account as a whole is refused until somebody corrects it.
        case holdAccount
        /// The account is at fault if a probe fails with the same code, otherwise this job.
        case askProbe
        /// This job is refused as it is.
        case reject
        /// This job is refused in words that no page explains. The account is at fault if a probe says so, or if several jobs
        /// in a row are refused with the same code.
        case rejectUnexplained
        /// The service has already acted on a job of this key: ours, if an earlier attempt may have got through.
        case alreadyActed
    }

    /// The service's own code, or one of ours in the same style: `Gateway::Unanswered`.
    public let code: String
    /// A plain message. May quote what was sent: for the till and staff, never for a log.
    public let message: String
    public let disposition: Disposition
    /// Whether the service may have acted although no answer of its own says so.
    public let mayHaveActed: Bool
    /// How long the service asked us to wait.
    public let retryAfter: Duration?
    /// Whether we say so ourselves, and no answer does: it shows nothing of how the service fares.
    public let isOwn: Bool

    public init(
        code: String, message: String, disposition: Disposition, mayHaveActed: Bool = false,
        retryAfter: Duration? = nil, isOwn: Bool = false
    ) {
        self.code = code
        self.message = message
        self.disposition = disposition
        self.mayHaveActed = mayHaveActed
        self.retryAfter = retryAfter
        self.isOwn = isOwn
    }

    /// The same, to be tried again after this long.
    public func again(after pause: Duration) -> ServiceFailure {
        ServiceFailure(
            code: code, message: message, disposition: disposition, mayHaveActed: mayHaveActed, retryAfter: pause,
            isOwn: isOwn)
    }
}
