/// Why a call did not do what it was to do, and what follows from it.
public struct ServiceFailure: Error, Sendable, Equatable {
    /// What it means for this job and for all. The job worker acts on it; the service only says it.
    public enum Disposition: Sendable, Equatable {
        /// It was answered, and nothing is wrong for good: again later.
        case retry
        /// It was answered in a way that this version does not know: again much later.
        case retrySeldom
        /// No answer in the service's own words. `isServiceWide`: no job can have brought that about.
        case noAnswer(isServiceWide: Bool)
        /// The account as a whole is refused until somebody mends it.
        case holdAccount
        /// The account is at fault if a probe fails with the same code, else this job.
        case askProbe
        /// This job is refused as it is.
        case reject
        /// The service has acted on a job of this key already: ours, if an earlier attempt may have got through.
        case alreadyActed
    }

    /// The service's own code, or one of ours in the same style: `Gateway::Unanswered`.
    public let code: String
    /// In plain words. May quote what was sent: for the till and staff, never for a log.
    public let message: String
    public let disposition: Disposition
    /// Whether the service may have acted although no answer of its own says so.
    public let mayHaveActed: Bool
    /// What the service asked us to wait.
    public let retryAfter: Duration?

    public init(
        code: String, message: String, disposition: Disposition, mayHaveActed: Bool = false,
        retryAfter: Duration? = nil
    ) {
        self.code = code
        self.message = message
        self.disposition = disposition
        self.mayHaveActed = mayHaveActed
        self.retryAfter = retryAfter
    }
}
