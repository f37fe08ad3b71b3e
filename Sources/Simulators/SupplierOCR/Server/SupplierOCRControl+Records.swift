import HTTPTypes

extension SupplierOCRControl {
    /// `{"count": 6000}`
    func jobs(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get:
            let query = CallQuery(request.query)
            let limit = try query.wholeNumber("limit", in: 1...1000) ?? 100
            var found = await simulator.liveJobs
            if let number = query.text("number") { found = found.filter { $0.number == number } }
            return request.reply(
                .object([
                    "count": .count(found.count), "jobs": .array(found.suffix(limit).reversed().map(\.controlJSON)),
                ]))
        case .post:
            let count = try request.members().integer("count", in: 1...100_000)
            await simulator.addForeignJobs(count)
            return request.reply(.object(["made": .count(count)]), status: 201)
        default: throw request.refuseMethod()
        }
    }

    func calls(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let limit = try request.limit()
        let calls = await simulator.calls().suffix(limit).reversed()
        return request.reply(.object(["calls": .array(calls.map(\.json))]))
    }

    func counters(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let totals = await simulator.currentTotals
        return request.reply(
            .object([
                "calls": .object([
                    "all": .count(totals.calls), "successes": .count(totals.successes),
                    "refusals": .count(totals.refusals), "failures": .count(totals.failures),
                ]),
                "jobs": .count(totals.made), "processed": .count(totals.processed), "fetched": .count(totals.fetched),
                "numbers_made_twice": .array(await simulator.numbersMadeTwice().sorted().map(JSONValue.string)),
            ]))
    }
}

extension SupplierOCRSimulator.Job {
    fileprivate var controlJSON: JSONValue {
        let word =
            switch stage {
            case .created: "created"
            case .processing: "processing"
            case .finished: "finished"
            case .failed: "failed"
            }
        return .object([
            "id": .string(id), "number": .string(number), "document_name": .string(documentName),
            "document_url": .string(documentURL), "stage": .string(word), "fault": .stringOrNull(fault),
            "processed": .count(timesProcessed), "fetched": .count(timesFetched),
            "made_at": .string(UTCTime.timestamp(madeAt)), "foreign": .bool(isForeign),
            "request": .string(String(decoding: request, as: UTF8.self)),
        ])
    }
}

extension SupplierOCRSimulator.Call {
    fileprivate var json: JSONValue {
        .object([
            "operation": .stringOrNull(operation?.rawValue), "method": .string(method), "target": .string(target),
            "body": .stringOrNull(body.map { String(decoding: $0, as: UTF8.self) }),
            "job_number": .stringOrNull(jobNumber), "outcome": .string(outcome.words.outcome),
            "status": outcome.words.status.map(JSONValue.count) ?? .null, "at": .string(UTCTime.timestamp(at)),
        ])
    }
}
