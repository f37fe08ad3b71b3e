import JSON
public import RemoteServices

// Having a job processed, and what comes of it.
extension OCRInvoiceService {
    /// How a job of ours stands.
    public func show(_ id: String, of form: OCRJobForm) async -> OCRJobAnswer<OCRJob> {
        do {
            let envelope = try await send(.show, job: id)
            let job = try envelope.job(client.discretion(about: nil))
            return isOurs(job, form) ? .answered(job) : .failed(Self.another)
        } catch {
            return error.saysGone ? await afterMissing(error, at: .show, id) : .failed(error.failure(at: .show))
        }
    }

    /// Has a job processed. Processing may cost, so it is asked for again only as ``OCRJob/next(after:since:)`` says.
    public func process(_ id: String, of form: OCRJobForm) async -> OCRJobAnswer<Void> {
        do {
            _ = try await send(.process, job: id)
            return .answered(())
        } catch {
            if error.saysGone { return await afterMissing(error, at: .process, id) }
            let refusal = error.failure(at: .process)
            guard error.mayMeanProcessed else { return .failed(refusal) }
            switch await show(id, of: form) {
            case .answered(let job):
                // A conflict can be with nothing but its own processing, whatever its status says.
                let wasHeard = job.state == .underWay || job.state.isSettled || error.kind == .status(409)
                return wasHeard ? .answered(()) : .failed(refusal)
            case .gone(let failure): return .gone(failure)
            case .failed(let failure): return .failed(failure)
            }
        }
    }

    /// What was read; nil if the service has nothing of it, although the job is done.
    public func results(_ id: String, of form: OCRJobForm) async -> OCRJobAnswer<SupplierInvoiceReading?> {
        do {
            let envelope = try await send(.results, job: id)
            if let number = envelope.json.object("data")?.text("jobNumber"),
                !number.utf8.elementsEqual(form.number.utf8)
            {
                return .failed(Self.another)
            }
            return .answered(envelope.data.map(SupplierInvoiceReading.init(bytes:)))
        } catch {
            return error.saysGone ? await afterMissing(error, at: .results, id) : .failed(error.failure(at: .results))
        }
    }

    /// What to make of a job that could not be read.
    public func failure(of job: OCRJob) -> ServiceFailure {
        let words = job.fault.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        return ServiceFailure(
            code: Self.readingFailed, message: "\(Self.title) could not read the document\(words)",
            disposition: .reject)
    }

    private func isOurs(_ job: OCRJob, _ form: OCRJobForm) -> Bool {
        job.number == nil || job.likeness(to: form) == .same
    }

    private static let another = ServiceFailure(
        code: anotherJob, message: "the job at \(title) is another document's: its results are never kept",
        disposition: .reject)

    /// A job is gone only if nothing else explains the answer: not a wrong path after a job's own, not a wrong endpoint.
    func afterMissing<Value>(
        _ error: OCRInvoiceError, at call: OCRInvoiceCall, _ id: String
    ) async -> OCRJobAnswer<Value> {
        if call != .show {
            do {
                _ = try await send(.show, job: id)
                return .failed(
                    ServiceFailure(
                        code: Self.wrongPath,
                        message: "\(Self.title) has the job, and knows no such path (\(call.metric)): \(error.message)",
                        disposition: .holdAccount))
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
