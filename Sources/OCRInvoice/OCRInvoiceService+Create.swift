public import RemoteServices
import Sales

// Making a job, or finding the one that an earlier attempt may have made.
extension OCRInvoiceService {
    /// Makes a job. It is no repeatable call: after one of unknown end (``ServiceFailure/mayHaveActed``) the job is looked for
    /// first.
    public func create(_ form: OCRJobForm, at link: DocumentLink) async -> OCRJobCreation {
        do {
            let subject = CallSubject(form, at: link)
            let job = try await send(.create, about: subject).job(client.discretion(about: subject))
            return isOurs(job, form) ? .made(id: job.id) : .unrecognised(id: job.id)
        } catch {
            let failure = error.failure(at: .create)
            if error.saysGone { return .failed(await missing(failure)) }
            return error.mayMeanTaken ? .refused(failure, isTaken: error.kind == .status(409)) : .failed(failure)
        }
    }

    /// A template or a group that is not there, where the rest of the service answers.
    private func missing(_ failure: ServiceFailure) async -> ServiceFailure {
        await probe()
            ?? ServiceFailure(code: failure.code, message: failure.message, disposition: .rejectUnexplained)
    }

    /// Looks for the job of a form, by its number.
    public func find(_ form: OCRJobForm) async throws(ServiceFailure) -> OCRJobFinding {
        var lookUp = JobLookUp(for: form, limit: lookUpPages, pace: pace) {
            [self] search, offset, size async throws(OCRInvoiceError) in
            try await page(.find, search, from: offset, size: size)
        }
        do { return try await lookUp.run() } catch { throw error.failure(at: .find) }
    }

    /// The step that may make a job, by the rule for services that cannot tell a repeat (``RepeatRule``).
    ///
    /// - Parameters:
    ///   - job: a job on record; ``OwedJob/remoteID`` is asked for before anything else.
    ///   - link: to the document as it is published now.
    public func begin(_ job: OwedJob, _ form: OCRJobForm, at link: DocumentLink) async -> StepOutcome {
        if let id = job.remoteID {
            switch await show(id, of: form) {
            case .answered: return .found(remoteID: id)
            case .failed(let failure): return .failed(failure)
            // One answer is no proof: it may come from a copy that is late. It is looked for as after a lost answer.
            case .gone: if !job.search.permitsRepeat { return await look(for: form, job) }
            }
        }
        return switch RepeatRule.action(for: job) {
        case .act: await make(form, at: link, for: job)
        case .look: await look(for: form, job)
        }
    }

    private func make(_ form: OCRJobForm, at link: DocumentLink, for job: OwedJob) async -> StepOutcome {
        switch await create(form, at: link) {
        case .made(let id): return .begun(remoteID: id)
        case .failed(let failure): return .failed(failure)
        case .refused(let failure, let isTaken):
            do {
                // The number comes of the document itself, so a job that has it is ours whoever made it: another gateway of
                // the shop's, or this one before its database was lost.
                switch try await find(form) {
                case .found(let found): return .found(remoteID: found.id)
                case .contradicting(let id): return contradiction(id, job)
                // The refusal proves that there is one: only the list is late.
                case .absent, .unknown: return isTaken ? RepeatRule.unlisted(at: Self.title) : .failed(failure)
                }
            } catch { return .failed(error) }
        case .unrecognised(let id):
            do {
                switch try await find(form) {
                case .found(let found): return .found(remoteID: found.id)
                case .contradicting(let id): return contradiction(id, job)
                // It would be made under another number every time.
                case .absent, .unknown:
                    return RepeatRule.unknown(
                        "it answered with job \(id), which does not show that it is this document's", about: job,
                        at: Self.title)
                }
            } catch {
                return .failed(
                    ServiceFailure(
                        code: error.code, message: error.message, disposition: error.disposition, mayHaveActed: true,
                        retryAfter: error.retryAfter))
            }
        }
    }

    private func look(for form: OCRJobForm, _ job: OwedJob) async -> StepOutcome {
        do {
            switch try await find(form) {
            case .found(let found): return .found(remoteID: found.id)
            case .absent: return RepeatRule.absent(job, at: Self.title)
            case .contradicting(let id): return contradiction(id, job)
            case .unknown(.tooLong):
                return RepeatRule.unknown(
                    "its list has more than \(lookUpPages) pages, and its search does not find numbers", about: job,
                    at: Self.title)
            case .unknown(.changing):
                return .failed(
                    ServiceFailure(
                        code: "Gateway::ListUnsettled",
                        message: "the list of \(Self.title) changed while it was read: it is read again",
                        disposition: .retry, retryAfter: JobSearch.pause))
            }
        } catch { return .failed(error) }
    }

    private func contradiction(_ id: String, _ job: OwedJob) -> StepOutcome {
        RepeatRule.unknown("job \(id) has its number, and another document", about: job, at: Self.title)
    }
}
