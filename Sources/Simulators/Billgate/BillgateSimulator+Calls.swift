import Foundation

extension BillgateSimulator {
    /// Decides a call, and remembers it.
    func settle(_ call: BillgateCall) -> Reply {
        catchUp()
        let number = documentNumber(of: call)
        let fault = faults.take(Fault.Target(operation: call.operation, number: number)).fault?.kind
        let now = now
        let (reply, outcome) = decide(call, fault: fault, date: UTCTime.header(now))
        callLog.record(call, number: number, outcome: outcome, at: now)
        callsMade.advance(to: callLog.totals.calls)
        return reply
    }

    /// The number of the document that a call makes or names.
    private func documentNumber(of call: BillgateCall) -> String? {
        if let kind = call.operation?.documentKind, let id = call.id { return documents[kind]?[id]?.number }
        guard call.operation?.makesDocument == true, case .success(let json) = call.json else { return nil }
        return json["number"]?.text
    }

    private func decide(_ call: BillgateCall, fault: Fault.Kind?, date: String) -> (Reply, Call.Outcome) {
        switch fault {
        case .unavailable(let status, let retryAfter):
            let words = "The simulator was told to answer \(status)."
            var reply = Reply.text(status, [words, quote(call)].compactMap(\.self).joined(separator: " "), date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, .status(status))
        case .refusal(let status, let body):
            return (Reply(status: status, body: Array(body.utf8), date: date), .status(status))
        case .actLater(let delay):
            postponed.append((call, clock.now.addingTimeInterval(delay / .seconds(1))))
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .garbage:
            let page = Array("<html><body>Welcome to our free Wi-Fi!</body></html>".utf8)
            return (Reply(status: 200, contentType: "text/html", body: page, date: date), .garbage)
        default:
            return act(call, fault: fault, date: date)
        }
    }

    private func act(_ call: BillgateCall, fault: Fault.Kind?, date: String) -> (Reply, Call.Outcome) {
        var reply: Reply
        var outcome: Call.Outcome
        do throws(Refusal) {
            let answer = try perform(call, fault: fault)
            reply = Reply(status: answer.status, body: answer.json?.bytes ?? [], date: date)
            if answer.json == nil { reply.contentType = "text/plain" }
            outcome = .success(answer.status)
        } catch {
            let status = error.status(leeway)
            reply = .json(status, error.billgateBody(status, quoting: quote(call)), date: date)
            outcome = error.isOfTheRules ? .refusal(status) : .status(status)
        }
        switch fault {
        case .slow(let delay): reply.delay = delay
        case .loseAnswerAfterActing: (reply.delivery, outcome) = (.lost, .lost)
        case .truncated: (reply.delivery, outcome) = (.cutShort, .truncated)
        case .packed(let coding): reply.pack(as: coding)
        case .otherAnswer(let status, let body):
            reply = Reply(status: status, body: Array(body.utf8), date: date)
            outcome = .status(status)
        default: break
        }
        return (reply, outcome)
    }

    /// Acts on what was put off until now.
    func catchUp() {
        let due = postponed.filter { $0.due <= clock.now }.map(\.call)
        postponed.removeAll { $0.due <= clock.now }
        // A refusal has nobody to go to.
        for call in due { _ = try? perform(call, fault: nil) }
    }

    /// What an error says of the request, or of the document that it names; nil for nothing.
    private func quote(_ call: BillgateCall) -> String? {
        guard leeway.answers.quotesRequests else { return nil }
        let named = call.operation?.documentKind.flatMap { kind in call.id.flatMap { documents[kind]?[$0]?.request } }
        return String(decoding: named ?? call.body, as: UTF8.self)
    }

    private func perform(_ call: BillgateCall, fault: Fault.Kind?) throws(Refusal) -> BillgateAnswer {
        if let refusal = call.refusal { throw refusal }
        guard let operation = call.operation else { throw .notFound }
        guard account.accepts(call.key) else { throw .account(401) }
        if let status = leeway.accountStatus, status != 402 || operation.makesDocument { throw .account(status) }
        let request = BillgateRequest(call: call, operation: operation, now: clock.now, shown: fault?.shown)
        return try answer(request)
    }
}

/// What a call is answered with when nothing is wrong with it.
struct BillgateAnswer {
    let status: Int
    /// nil for an answer without a body.
    let json: JSONValue?

    static func json(_ value: JSONValue, status: Int = 200) -> BillgateAnswer {
        BillgateAnswer(status: status, json: value)
    }

    static func empty(_ status: Int) -> BillgateAnswer { BillgateAnswer(status: status, json: nil) }
}
