import Sales

/// When a job may be made again at a service that cannot tell a repeat. Two documents of one sale are worse than a wait.
///
/// After an attempt of unknown end the job is looked for. If it is not found, it is looked for once more a while later; not
/// found again, it is made again, in an attempt of its own. After three of those a person has to say what became of it.
public enum RepeatRule {
    public static let maximumRepeats = 3
    /// The job's end is not known, and cannot be found out.
    public static let unknownOutcome = "Gateway::OutcomeUnknown"

    /// So often in a row what the service says it has is looked for.
    private static let maximumLooksForUnlisted = 10

    public enum Action: Sendable, Equatable {
        case act, look
    }

    public static func action(for job: OwedJob) -> Action {
        if job.search.isSurelyMade { return .look }
        return !job.mayHaveActed || job.search.permitsRepeat && job.search.repeats < maximumRepeats ? .act : .look
    }

    /// It was looked for, and is not there.
    ///
    /// - Parameter service: its name for people.
    public static func absent(_ job: OwedJob, at service: String) -> StepOutcome {
        if job.search.isSurelyMade {
            return job.search.absences + 1 < maximumLooksForUnlisted
                ? .absent(missing(at: service))
                : unknown("\(service) says that it has it, and does not list it", about: job, at: service)
        }
        guard job.search.repeats < maximumRepeats else {
            return unknown(
                "it was sent \(maximumRepeats + 1) times, and \(service) does not have it", about: job, at: service)
        }
        let isLast = job.search.absences + 1 >= JobSearch.absencesBeforeRepeat
        return .absent(
            ServiceFailure(
                code: "Gateway::NotFoundYet",
                message: isLast
                    ? "\(service) does not have it: it is sent again"
                    : "\(service) does not have it: it is looked for once more before it is sent again",
                disposition: .retry, retryAfter: isLast ? nil : JobSearch.pause))
    }

    /// The service refused to make it since it has it already, an earlier attempt may have made it, and a look did not find it.
    public static func unlisted(at service: String) -> StepOutcome { .unlisted(missing(at: service)) }

    private static func missing(at service: String) -> ServiceFailure {
        ServiceFailure(
            code: "Gateway::NotFoundYet",
            message: "\(service) has it, and does not list it yet: it is looked for again",
            disposition: .retry, retryAfter: JobSearch.pause)
    }

    /// Whether it was made cannot be found out: a person decides.
    ///
    /// - Parameter reason: what was found out, for staff; never for a log.
    public static func unknown(_ reason: String, about job: OwedJob, at service: String) -> StepOutcome {
        .failed(
            ServiceFailure(
                code: unknownOutcome,
                message: """
                    An earlier attempt was not answered, and whether \(service) acted cannot be told: \(reason). Look for it \
                    there, then: \(decision(about: job.kind))
                    """,
                disposition: .reject))
    }

    /// How a person says what became of it.
    private static func decision(about kind: JobKind) -> String {
        let orAnew = " --adopt DOCUMENT_ID, or --anew if there is none"
        return switch kind {
        case .saleInvoice: "kamkap tax-invoice ID --buyer FILE" + orAnew
        case .registration, .withdrawal, .documentStream, .documentFile: "kamkap retry ID" + orAnew
        case .slip: "kamkap slips retry ID"
        case .supplierInvoice: "kamkap invoices redo NUMBER"
        }
    }
}
