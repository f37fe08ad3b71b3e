public import RemoteServices
import Sales

// The step that makes a document, or finds the one that an earlier attempt may have made.
extension BillgateService {
    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let (context, wanted) = Self.reading(job) else { return .failed(Self.invalidContext) }
        if let id = job.remoteID {
            // It was made, and is only made again after the lists were looked through as well.
            if let outcome = await known(id, wanted) { return outcome }
            return job.search.permitsRepeat && job.search.repeats < RepeatRule.maximumRepeats
                ? await make(wanted, job, branch: context.branch) : await look(for: wanted, job)
        }
        return switch RepeatRule.action(for: job) {
        case .act: await make(wanted, job, branch: context.branch)
        case .look: await look(for: wanted, job)
        }
    }

    static func reading(_ job: OwedJob) -> (RegistrationContext, WantedDocument)? {
        guard let context = RegistrationContext(job.request.context),
            let wanted = WantedDocument(job.request.bytes, kind: context.kind)
        else { return nil }
        return (context, wanted)
    }

    static let invalidContext = ServiceFailure(
        code: "Gateway::InvalidContext", message: "it is not known which document the request is for",
        disposition: .reject)

    /// What follows from an id that is on record; nil if Billgate has no document of that id.
    private func known(_ id: String, _ wanted: WantedDocument) async -> StepOutcome? {
        do {
            let shown = try await show(wanted.kind, id)
            return another(shown, than: wanted, id) ?? .found(remoteID: id)
        } catch {
            return error.kind == .status(404) ? nil : .failed(failure(error, at: .link, about: wanted))
        }
    }

    private func make(_ wanted: WantedDocument, _ job: OwedJob, branch: BranchID?) async -> StepOutcome {
        var customer: String?
        if let branch {
            do { customer = try await customerID(of: wanted, branch: branch) } catch { return .failed(error) }
        }
        do {
            let id = try await observer.counted(.create(wanted.kind)) { [customer] () async throws(BillgateError) in
                try await client.create(wanted.kind, job.request.bytes, for: customer)
            }
            return .begun(remoteID: id)
        } catch {
            guard error.kind == .status(409) else { return .failed(failure(error, at: .create, about: wanted)) }
            return await existing(wanted, job, refusedWith: error)
        }
    }

    /// Billgate says that there is such a document already.
    private func existing(
        _ wanted: WantedDocument, _ job: OwedJob, refusedWith refusal: BillgateError
    ) async -> StepOutcome {
        switch await sweep.find(wanted) {
        case .success(.found(let id)):
            if job.mayHaveActed { return .found(remoteID: id) }
            return .failed(
                ServiceFailure(
                    code: refusal.code, message: "Billgate has document \(id) with its number, and nobody here made it",
                    disposition: .alreadyActed))
        case .success(.contradicting(let id, let aspect)) where job.mayHaveActed:
            return contradiction(id, aspect, job)
        case .success(.absent), .success(.contradicting), .success(.unknown):
            // The refusal proves that an earlier attempt made it: only the list is late.
            guard job.mayHaveActed else { return .failed(failure(refusal, at: .create, about: wanted)) }
            return RepeatRule.unlisted(at: title)
        case .failure(let error): return .failed(failure(error, at: .find, about: wanted))
        }
    }

    private func look(for wanted: WantedDocument, _ job: OwedJob) async -> StepOutcome {
        switch await sweep.find(wanted) {
        case .success(.found(let id)): return .found(remoteID: id)
        case .success(.absent): return RepeatRule.absent(job, at: title)
        case .success(.contradicting(let id, let aspect)): return contradiction(id, aspect, job)
        case .success(.unknown(.tooLong)):
            return RepeatRule.unknown(
                "the list has more than billgate.look_up_pages = \(terms.lookUpPages) pages, in no order that helps",
                about: job, at: title)
        case .success(.unknown(.unnamed)):
            return RepeatRule.unknown(
                "the list has a document with its number, and does not say its id", about: job, at: title)
        case .success(.unknown(.changing)):
            if await sweep.isHopeless(wanted) {
                return RepeatRule.unknown(
                    "the list changes whenever it is read, or its pages do not join", about: job, at: title)
            }
            return .failed(
                ServiceFailure(
                    code: "Gateway::ListUnsettled",
                    message: "Billgate's list changed while it was read: it is read again",
                    disposition: .retry, retryAfter: JobSearch.pause))
        case .failure(let error):
            if await sweep.isHopeless(wanted) {
                return RepeatRule.unknown("the list cannot be read", about: job, at: title)
            }
            return .failed(failure(error, at: .find, about: wanted))
        }
    }

    private func contradiction(_ id: String, _ aspect: WantedDocument.Aspect, _ job: OwedJob) -> StepOutcome {
        RepeatRule.unknown(
            "document \(id) has its number, and another \(aspect.rawValue)", about: job, at: title)
    }
}
