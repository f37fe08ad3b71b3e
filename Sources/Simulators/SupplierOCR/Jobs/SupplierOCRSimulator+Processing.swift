extension SupplierOCRSimulator {
    func process(_ call: SupplierOCRCall, _ id: String) async throws(Refusal) -> SupplierOCRAnswer {
        guard let job = jobs[id] else { throw .notFound }
        switch job.stage {
        case .processing, .finished:
            if let refusal = Self.refusal(leeway.repeatedProcess, "the job is processed already") { throw refusal }
        case .created, .failed: break
        }
        let (now, polls) = (clock.now, leeway.polls)
        totals.processed += 1
        jobs.change(id) { job in
            job.timesProcessed += 1
            (job.stage, job.startedAt, job.completedAt) = (.processing(pollsLeft: polls), now, nil)
        }
        if leeway.fetching == .process {
            let fault = await fetch(id)
            jobs.change(id) { $0.fault = fault }
        }
        return .data(json(jobs[id] ?? job, call.statusWord))
    }

    /// Each look brings a job nearer to its end.
    func get(_ call: SupplierOCRCall, _ id: String) throws(Refusal) -> SupplierOCRAnswer {
        guard let job = jobs[id] else { throw .notFound }
        let now = clock.now
        if case .processing(let left) = job.stage {
            jobs.change(id) { job in
                if left > 0 {
                    job.stage = .processing(pollsLeft: left - 1)
                } else {
                    (job.stage, job.completedAt) = (job.fault == nil ? .finished : .failed, now)
                }
            }
        }
        return .data(json(jobs[id] ?? job, call.statusWord))
    }

    func getResults(_ call: SupplierOCRCall, _ id: String) throws(Refusal) -> SupplierOCRAnswer {
        guard let job = jobs[id] else { throw .notFound }
        if let scripted = call.results { return .raw(Array(scripted.utf8)) }
        guard job.stage == .finished else {
            if let refusal = Self.refusal(leeway.earlyResults, "the job has no results") { throw refusal }
            return .data(.null)
        }
        return .raw(results[job.number] ?? Self.sampleResults(of: job).bytes)
    }

    private static func refusal(_ rule: Leeway.Untimely, _ words: String) -> Refusal? {
        switch rule {
        case .conflict: .other(409, words)
        case .badRequest: .other(400, words)
        case .refusal: .other(200, words)
        case .accepted: nil
        }
    }

    /// In the form that public code shows.
    private static func sampleResults(of job: Job) -> JSONValue {
        .object([
            "jobNumber": .string(job.number),
            "extractedData": .object([
                "invoice": .object([
                    "number": .string("INV-2026-001"), "date": .string("2026-11-20"),
                    "supplier": .object(["name": .string("บริษัท ผู้ขาย จำกัด"), "taxId": .string("0105561000003")]),
                    "amounts": .object([
                        "subtotal": .number("1000.00"), "tax": .number("70.00"), "total": .number("1070.00"),
                        "currency": .string("THB"),
                    ]),
                ]),
                "lineItems": .array([
                    .object([
                        "description": .string("ข้าวสาร"), "quantity": .number("10"), "unitPrice": .number("100.00"),
                        "amount": .number("1000.00"),
                    ])
                ]),
            ]),
            "confidence": .object(["overall": .number("0.98")]),
        ])
    }
}
