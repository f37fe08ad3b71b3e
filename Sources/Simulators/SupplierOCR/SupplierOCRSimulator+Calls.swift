import Foundation

extension SupplierOCRSimulator {
    /// Decides a call, and remembers it.
    func settle(_ call: SupplierOCRCall) async -> Reply {
        await catchUp()
        var call = call
        let number = jobNumber(of: call)
        let fault = faults.take(Fault.Target(operation: call.operation, number: number)).fault?.kind
        let now = Date()
        if case .results(let text) = fault { call.results = text }
        if case .status(let word) = fault { call.statusWord = word }
        let (reply, outcome) = await decide(call, fault: fault?.ofAnswer, date: UTCTime.header(now))
        totals.count(outcome)
        record(
            Call(
                operation: call.operation, method: call.method, target: String(call.target.prefix(1000)),
                type: call.type, body: call.body.count <= Call.longestBodyKept ? call.body : nil,
                jobNumber: number.map { String($0.prefix(200)) }, outcome: outcome, at: now))
        return reply
    }

    /// The number of the job that a call makes or names.
    private func jobNumber(of call: SupplierOCRCall) -> String? {
        if let id = call.id { return jobs[id]?.number }
        guard call.operation == .create, case .success(let json) = call.json else { return nil }
        return json["jobNumber"]?.text
    }

    private func decide(_ call: SupplierOCRCall, fault: AnswerFault?, date: String) async -> (Reply, CallOutcome) {
        if case .actLater(let delay) = fault {
            postponed.append((call, clock.now.addingTimeInterval(delay / .seconds(1))))
        }
        if let instead = fault?.answer(date: date) { return instead }
        var reply: Reply
        var outcome: CallOutcome
        do throws(Refusal) {
            let answer = try await perform(call)
            reply = Reply(status: answer.status, body: answer.body, date: date)
            outcome = .success(answer.status)
        } catch {
            let status = error.status(leeway)
            let quote = leeway.quotesRequests ? String(decoding: call.body, as: UTF8.self) : nil
            reply = .json(status, error.envelope(quoting: quote), date: date)
            outcome = error.isOfTheRules ? .refusal(status) : .status(status)
        }
        fault?.spoil(&reply, &outcome)
        return (reply, outcome)
    }

    /// Acts on what was put off until now.
    func catchUp() async {
        let due = postponed.filter { $0.due <= clock.now }.map(\.call)
        postponed.removeAll { $0.due <= clock.now }
        // A refusal has nobody to go to.
        for call in due { _ = try? await perform(call) }
    }

    private func perform(_ call: SupplierOCRCall) async throws(Refusal) -> SupplierOCRAnswer {
        if let refusal = call.refusal { throw refusal }
        guard let operation = call.operation else { throw .notFound }
        guard call.key == configuration.key else { throw .account(401) }
        if let status = leeway.accountStatus { throw .account(status) }
        let id = call.id ?? ""
        switch operation {
        case .list: return try list(call)
        case .create: return try await create(call)
        case .get: return try get(call, id)
        case .update: return try await update(call, id)
        case .delete: return try delete(id)
        case .process: return try await process(call, id)
        case .results: return try getResults(call, id)
        }
    }
}

/// What a call is answered with when nothing is wrong with it.
struct SupplierOCRAnswer {
    let status: Int
    let body: [UInt8]

    /// The envelope of the page.
    static func data(_ value: JSONValue) -> SupplierOCRAnswer { raw(value.bytes) }

    /// The same around a text that is left as it is.
    static func raw(_ text: [UInt8]) -> SupplierOCRAnswer {
        SupplierOCRAnswer(status: 200, body: Array(#"{"success":true,"data":"#.utf8) + text + Array("}".utf8))
    }

    static func message(_ words: String) -> SupplierOCRAnswer {
        SupplierOCRAnswer(
            status: 200, body: JSONValue.object(["success": .bool(true), "message": .string(words)]).bytes)
    }
}
