import RemoteServices
import Sales

/// What to make of a document of ours that Billgate does not show. A new one may show late, and one that somebody has deleted
/// never does.
enum GoneRule {
    /// Before each look but the first; together more than an hour.
    static let pauses: [Duration] = [
        .seconds(1), .seconds(5), .seconds(30), .seconds(120), .seconds(300), .seconds(600), .seconds(900),
        .seconds(900),
        .seconds(900),
    ]

    /// A person named it, and nobody waits an hour for a mistyped id.
    static func noSuchDocument(_ id: String) -> ServiceFailure {
        ServiceFailure(
            code: "Billgate::NoSuchDocument",
            message:
                "Billgate has no document of the id \(id): compare it with Billbox, and give the right one with --adopt",
            disposition: .reject)
    }

    static func outcome(for job: OwedJob, _ error: BillgateError) -> StepOutcome {
        guard job.search.absences < pauses.count else {
            return .failed(
                ServiceFailure(
                    code: "Billgate::DocumentGone",
                    message:
                        "Billgate did not show the document for more than an hour: somebody may have deleted it there",
                    disposition: .reject))
        }
        let pause = pauses[job.search.absences]
        return .absent(
            ServiceFailure(
                code: error.code, message: error.message, disposition: .retry,
                retryAfter: max(pause, error.retryAfter ?? .zero)))
    }
}
