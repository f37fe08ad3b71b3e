public import RemoteServices
import Sales

// The step that asks for what was read.
extension ScanlyIQService {
    /// So many polls of a new job may not find it yet.
    private static let pollsOfNewJob = 3

    private var plan: PollPlan { PollPlan(giveUpAfter: terms.giveUpAfter) }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard let id = job.remoteID else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::NoJobID", message: "it is not known which job at ScanlyIQ reads the slip",
                    disposition: .reject, isOwn: true))
        }
        let shown: ShownJob
        do {
            let urgency: CallUrgency = plan.isLate(job.search.absences) ? .late : .prompt
            shown = try await observer.counted(.showJob) { () async throws(ScanlyIQError) in
                try await client.job(id, urgency)
            }
        } catch {
            switch error.kind {
            case .status(404): return await missing(job, error)
            case .status(400), .status(422): return next(after: job, code: error.code, error.message)
            default: return unanswered(job, error.failure(at: .result))
            }
        }
        switch shown {
        case .read(let reading): return .done(.reading(reading, credits: count.settle(id)))
        case .unreadable: return .done(.reading(SlipReading(), credits: count.settle(id)))
        case .pending: return next(after: job, code: "ScanlyIQ::Pending", "ScanlyIQ has not read the slip yet")
        case .unintelligible(let reason): return next(after: job, code: "Gateway::Unintelligible", reason)
        }
    }

    /// It is asked again, until it is given up.
    private func next(after job: OwedJob, code: String, _ message: String) -> StepOutcome {
        guard let pause = plan.pause(after: job.search.absences) else { return .failed(givenUp(message)) }
        return .absent(ServiceFailure(code: code, message: message, disposition: .retry, retryAfter: pause))
    }

    /// It was asked for, or should have been, and no answer shows the job. That is not asked for ever either; but what ScanlyIQ
    /// was not asked at all is no end.
    private func unanswered(_ job: OwedJob, _ failure: ServiceFailure) -> StepOutcome {
        switch failure.disposition {
        case .retry where failure.isOwn: return .failed(failure)
        case .retry, .noAnswer:
            let pause = plan.pause(after: job.search.absences)
            if pause == nil, failure.disposition != .noAnswer(isServiceWide: true) {
                return .failed(givenUp(failure.message, isOwn: failure.disposition != .retry))
            }
            return .failed(failure.again(after: max(pause ?? PollPlan.late, failure.retryAfter ?? .zero)))
        default: return .failed(failure)
        }
    }

    /// - Parameter isOwn: whether the last poll was not answered.
    private func givenUp(_ message: String, isOwn: Bool = false) -> ServiceFailure {
        ServiceFailure(
            code: "ScanlyIQ::NoResult",
            message: "ScanlyIQ had no result within \(terms.giveUpAfter.components.seconds) s: \(message)",
            disposition: .reject, isOwn: isOwn)
    }

    /// ScanlyIQ does not know the job. To make it again is charged again: so a new job gets some time to show, and somebody else
    /// who answers 404 to everything is not believed.
    private func missing(_ job: OwedJob, _ error: ScanlyIQError) async -> StepOutcome {
        if job.search.absences < Self.pollsOfNewJob { return next(after: job, code: error.code, error.message) }
        if job.hasBeenRepeated {
            return .failed(ServiceFailure(code: error.code, message: error.message, disposition: .reject))
        }
        do { _ = try await balance() } catch { return unanswered(job, error.failure(at: .question)) }
        return .lost(error.failure(at: .result))
    }
}
