import JSON
public import RemoteServices

// Having a job processed, and what comes of it.
extension OCRInvoiceService {
    /// How a job of ours stands.
    public func show(_ id: String, of form: OCRJobForm) async -> OCRJobAnswer<OCRJob> {
        do {
            let subject = CallSubject(form)
            let job = try await send(.show, job: id, about: subject).job(client.discretion(about: subject))
            return isOurs(job, form) ? .answered(job) : .failed(Self.another)
        } catch {
            return error.saysGone ? await afterMissing(error, at: .show, id, form) : .failed(error.failure(at: .show))
        }
    }

    /// Has a job processed. Processing may cost, so it is asked for again only as ``OCRJob/next(after:since:)`` says.
    ///
    /// - Parameter earlier: ``OCRJob/completedAt`` before this run: what shows the run before is no sign of this one.
    public func process(_ id: String, of form: OCRJobForm, since earlier: String? = nil) async -> OCRJobAnswer<Void> {
        do {
            _ = try await send(.process, job: id, about: CallSubject(form))
            return .answered(())
        } catch {
            if error.saysGone { return await afterMissing(error, at: .process, id, form) }
            let refusal = error.failure(at: .process)
            guard error.mayMeanTaken else { return .failed(refusal) }
            switch await show(id, of: form) {
            case .answered(let job):
                if job.isAtWork(since: earlier) || job.isOver(since: earlier) { return .answered(()) }
                // With what, a conflict does not say: with its own processing, or with others'.
                return .failed(error.kind == .status(409) ? Self.unheard(refusal) : refusal)
            case .gone(let failure): return .gone(failure)
            case .failed(let failure): return .failed(failure)
            }
        }
    }

    private static func unheard(_ refusal: ServiceFailure) -> ServiceFailure {
        ServiceFailure(
            code: refusal.code, message: refusal.message, disposition: .noAnswer(isServiceWide: false),
            mayHaveActed: true, retryAfter: refusal.retryAfter)
    }

    /// What was read; nil if the service has nothing of it, although the job is done.
    public func results(_ id: String, of form: OCRJobForm) async -> OCRJobAnswer<SupplierInvoiceReading?> {
        do {
            let envelope = try await send(.results, job: id, about: CallSubject(form))
            if let number = envelope.json.object("data")?.text("jobNumber"), !JobNumber.areSame(number, form.number) {
                // The service may have given the job a number of its own.
                switch await show(id, of: form) {
                case .answered(let job) where job.hasNumber(number): break
                case .answered: return .failed(Self.another)
                case .gone(let failure): return .gone(failure)
                case .failed(let failure): return .failed(failure)
                }
            }
            return .answered(envelope.data.map(SupplierInvoiceReading.init(bytes:)))
        } catch {
            guard error.saysGone else { return .failed(error.failure(at: .results)) }
            let found: OCRJobAnswer<SupplierInvoiceReading?> = await afterMissing(error, at: .results, id, form)
            // Other jobs' results were there: this one has none.
            if case .failed(let failure) = found, failure.code == Self.wrongPath, known.have(.results) {
                return .answered(nil)
            }
            return found
        }
    }

    /// What to make of a job that could not be read.
    public func failure(of job: OCRJob) -> ServiceFailure {
        let words = job.fault.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        return ServiceFailure(
            code: Self.readingFailed, message: "\(Self.title) could not read the document\(words)",
            disposition: .reject)
    }

    func isOurs(_ job: OCRJob, _ form: OCRJobForm) -> Bool {
        job.searchedNumber == nil && job.digest == nil || job.likeness(to: form) == .same
    }

    private static let another = ServiceFailure(
        code: anotherJob, message: "the job at \(title) is another document's: its results are never kept",
        disposition: .reject)

    /// A job is gone only if nothing else explains the answer: not a wrong path after a job's own, not a wrong endpoint.
    func afterMissing<Value>(
        _ error: OCRInvoiceError, at call: OCRInvoiceCall, _ id: String, _ form: OCRJobForm
    ) async -> OCRJobAnswer<Value> {
        if call != .show {
            do {
                _ = try await send(.show, job: id, about: CallSubject(form))
                return .failed(
                    ServiceFailure(
                        code: Self.wrongPath,
                        message: "\(Self.title) has the job, and knows no such path (\(call.metric)): \(error.plain)",
                        // A path that has worked is right.
                        disposition: known.have(call) ? .rejectUnexplained : .holdAccount))
            } catch {
                guard error.saysGone else { return .failed(error.failure(at: .show)) }
            }
        }
        if let failure = await probe() { return .failed(failure) }
        return .gone(
            ServiceFailure(
                code: Self.jobGone, message: "\(Self.title) does not have the job any more", disposition: .retry,
                retryAfter: error.retryAfter))
    }
}
