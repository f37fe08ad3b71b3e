import HTTPTypes

extension ScanlyIQControl {
    /// What is read in the image with this digest, or without one in every image that has no script of its own:
    ///
    /// ```
    /// {"digest": "9f86…", "result": {"amount": 120.00, "date": "2569-03-18"}, "item_status": "COMPLETED",
    ///  "job_status": "COMPLETED", "items": 1, "pending_polls": 2}
    /// ```
    ///
    /// Without `result` the item has none. `DELETE` ends all of them.
    func slips(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .delete: await simulator.clearScripts()
        case .put:
            let members = try request.members()
            let result = members.object["result"].map { String(decoding: $0.bytes, as: UTF8.self) }
            var script: SlipScript
            do throws(SimulatorError) { script = try SlipScript(result: result) } catch {
                throw Refusal(code: "", message: error.message)
            }
            script.itemStatus = try members.optionalString("item_status") ?? script.itemStatus
            script.jobStatus = try members.optionalString("job_status") ?? script.jobStatus
            script.items = try members.optionalInteger("items", in: 0...1_000) ?? script.items
            script.pendingPolls = try members.optionalInteger("pending_polls", in: 0...1_000_000)
            await simulator.script(script, for: try members.optionalString("digest"))
        default: throw request.refuseMethod()
        }
        return request.reply(.object([:]))
    }

    /// `{"add": 100}`, or `{"balance": 0}`
    func credits(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .post:
            let members = try request.members()
            if let balance = try members.optionalInteger("balance", in: 0...1_000_000_000) {
                await simulator.setCredits(balance)
            }
            if let more = try members.optionalInteger("add", in: 0...1_000_000_000) { await simulator.topUp(more) }
        default: throw request.refuseMethod()
        }
        return request.reply(.object(["balance": .count(await simulator.credits)]))
    }

    /// `{"uploads": true, "jobs": true}`
    func forget(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .post else { throw request.refuseMethod() }
        let members = try request.members()
        if try members.optionalBool("uploads") == true { await simulator.forgetUploads() }
        if try members.optionalBool("jobs") == true { await simulator.forgetJobs() }
        return request.reply(.object([:]))
    }

    func calls(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let limit = try request.limit()
        let calls = await simulator.calls().suffix(limit).reversed()
        return request.reply(.object(["calls": .array(calls.map(\.json))]))
    }

    func counters(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let totals = await simulator.totals
        return request.reply(
            .object([
                "calls": .count(totals.calls), "uploads": .count(totals.uploads), "jobs": .count(totals.jobs),
                "credits_charged": .count(totals.creditsCharged), "balance": .count(await simulator.credits),
                "too_many": .count(totals.tooMany), "most_uploads": .count(totals.mostUploads),
                "most_others": .count(totals.mostOthers),
                "jobs_by_digest": .object(await simulator.jobsByDigest().mapValues(JSONValue.count)),
            ]))
    }
}

extension ScanlyIQSimulator.Call {
    fileprivate var json: JSONValue {
        let (word, status): (String, Int?) =
            switch outcome {
            case .success(let status): ("success", status)
            case .refusal(let status): ("refusal", status)
            case .status(let status): ("status", status)
            case .garbage: ("garbage", nil)
            case .lost: ("lost", nil)
            case .truncated: ("truncated", nil)
            }
        return .object([
            "number": .count(number), "operation": .stringOrNull(operation?.rawValue), "method": .string(method),
            "target": .string(target), "body": .stringOrNull(body.map { String(decoding: $0, as: UTF8.self) }),
            "outcome": .string(word), "status": status.map(JSONValue.count) ?? .null,
            "at": .string(UTCTime.timestamp(at)),
        ])
    }
}
