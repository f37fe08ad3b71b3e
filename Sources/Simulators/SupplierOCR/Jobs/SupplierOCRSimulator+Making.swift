extension SupplierOCRSimulator {
    func create(_ call: SupplierOCRCall) async throws(Refusal) -> SupplierOCRAnswer {
        let form = try JobForm(call.members())
        guard jobs.items.count < configuration.maximumJobs else {
            throw .other(503, "there is no room for another job")
        }
        try checkNumber(form.number, of: nil)
        let job = Job(form, from: .init(request: call.body, madeAt: clock.now))
        keep(job)
        totals.made += 1
        if leeway.fetching == .create { await fetchAtOnce(job.id) }
        return .data(json(jobs[job.id] ?? job, call.statusWord))
    }

    /// The whole body, as for a create; what was read before is forgotten.
    func update(_ call: SupplierOCRCall, _ id: String) async throws(Refusal) -> SupplierOCRAnswer {
        let form = try JobForm(call.members())
        guard let job = jobs[id] else { throw .notFound }
        try checkNumber(form.number, of: id)
        idsByNumber[job.number]?.removeAll { $0 == id }
        idsByNumber[form.number, default: []].append(id)
        let leeway = leeway
        jobs.change(id) { job in
            (job.form, job.request) = (form, call.body)
            guard leeway.updateResets else { return }
            (job.stage, job.fault, job.startedAt, job.completedAt) = (.created, nil, nil, nil)
        }
        if leeway.fetching == .create { await fetchAtOnce(id) }
        return .data(json(jobs[id] ?? job, call.statusWord))
    }

    func delete(_ id: String) throws(Refusal) -> SupplierOCRAnswer {
        guard let job = jobs[id] else { throw .notFound }
        jobs.change(id) { $0.isGone = true }
        idsByNumber[job.number]?.removeAll { $0 == id }
        return .message("OCR invoice job deleted successfully")
    }

    /// "Unique job number".
    private func checkNumber(_ number: String, of id: String?) throws(Refusal) {
        guard idsByNumber[number]?.contains(where: { $0 != id }) ?? false else { return }
        let words = "jobNumber: there is a job of this number"
        switch leeway.takenNumber {
        case .allowed: return
        case .conflict: throw .other(409, words)
        case .badRequest: throw .other(400, words)
        case .refusal: throw .other(200, words)
        }
    }

    // MARK: - Documents

    /// A document that cannot be had ends its job at once.
    private func fetchAtOnce(_ id: String) async {
        guard let fault = await fetch(id) else { return }
        let now = clock.now
        jobs.change(id) { job in (job.stage, job.fault, job.completedAt) = (.failed, fault, now) }
    }

    /// Fetches the document of a job.
    ///
    /// - Returns: why it cannot be read; nil if it can.
    func fetch(_ id: String) async -> String? {
        guard let form = jobs[id]?.form, let fetcher else { return "the service has stopped" }
        totals.fetched += 1
        jobs.change(id) { $0.timesFetched += 1 }
        do throws(DocumentFetcher.Fault) {
            return DocumentMagic.fault(of: try await fetcher.fetch(form.documentURL), announcedAs: form.documentType)
        } catch {
            return error.message
        }
    }
}
