import Foundation

extension SlimeSimulator {
    /// Decides a call, and remembers it.
    func settle(_ call: IncomingCall) -> Reply {
        let documentNow = documentClock.now
        documentLedger.advance(to: documentNow)
        let transactionID = call.transactionID ?? call.documentID.flatMap { documentLedger.document($0)?.transactionID }
        let target = Fault.Target(
            listener: .api, subject: call.subject, transactionID: transactionID, documentID: call.documentID)
        let (met, offset) = faults.take(target)
        let now = now(plus: offset)
        if let subject = call.subject, Subject(rawValue: subject)?.documentType != nil, let id = call.transactionID {
            ledger.recordSent(id, subject, call.dataText)
        }
        let (reply, outcome) = decide(call, fault: met?.kind, now: now)
        ledger.record(call, transactionID: transactionID, outcome: outcome, at: now)
        callsMade.advance(to: ledger.totals.calls)
        return reply
    }

    /// Remembers a call that was rejected before its token was looked at.
    func settle(status: Int, message: String) -> Reply {
        let now = now()
        ledger.record(nil, transactionID: nil, outcome: .status(status), at: now)
        callsMade.advance(to: ledger.totals.calls)
        return .text(status, message, date: UTCTime.header(now))
    }

    private func decide(_ call: IncomingCall, fault: Fault.Kind?, now: Date) -> (Reply, Call.Outcome) {
        let date = UTCTime.header(now)
        switch fault {
        case .unavailable(let status, let retryAfter):
            var reply = Reply.text(status, "The simulator was told to answer \(status).", date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, .status(status))
        case .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .exception(let code, let message):
            let refusal = Refusal(code: code, message: message)
            return (.json(422, refusal.body, date: date), .exception(code: code))
        case .garbage:
            let page = Array("<html><body>Welcome to our free Wi-Fi!</body></html>".utf8)
            return (Reply(status: 200, contentType: "text/html", body: page, date: date), .garbage)
        default:
            return act(call, fault: fault, now: now)
        }
    }

    private func act(_ call: IncomingCall, fault: Fault.Kind?, now: Date) -> (Reply, Call.Outcome) {
        var reply: Reply
        var outcome: Call.Outcome
        let date = UTCTime.header(now)
        do throws(Refusal) {
            switch try perform(call, fault: fault, now: now) {
            case .data(let data):
                reply = .json(200, .object(["data": data]), date: date)
            case .redirect(let location):
                reply = .text(documentRules.redirectStatus, "The file is elsewhere.", date: date)
                reply.location = location
            }
            outcome = .success
        } catch {
            reply = .json(422, error.body, date: date)
            outcome = .exception(code: error.code)
        }
        switch fault {
        case .slow(let delay): reply.delay = delay
        case .loseAnswerAfterActing: (reply.delivery, outcome) = (.lost, .lost)
        case .truncated: (reply.delivery, outcome) = (.cutShort, .truncated)
        case .packed(let coding): reply.pack(as: coding)
        default: break
        }
        return (reply, outcome)
    }

    private func perform(_ call: IncomingCall, fault: Fault.Kind?, now: Date) throws(Refusal) -> CallAnswer {
        if let refusal = call.tokenRefusal { throw refusal }
        let drift = abs(now.timeIntervalSince1970 - Double(call.issuedAt ?? 0))
        guard drift <= configuration.acceptableDrift / .seconds(1) else {
            throw Refusal(code: "JWT::IATDrift", message: "iat is \(Int(drift)) seconds away from this server's clock")
        }
        switch call.request {
        case .success(let request):
            return try answer(request, to: call, fault: fault, now: now)
        case .failure(let refusal):
            if configuration.answersTakenIDsFirst, refusal.code != "SchemaViolation" { try refuseTaken(call) }
            throw refusal
        }
    }

    /// For a call that would be refused for something else.
    private func refuseTaken(_ call: IncomingCall) throws(Refusal) {
        guard Subject(rawValue: call.subject ?? "")?.documentType != nil, let id = call.transactionID,
            ledger.countAttempt(id)
        else { return }
        throw .idTaken
    }
}

/// What a call is answered with when nothing is wrong with it.
enum CallAnswer {
    case data(JSONValue)
    case redirect(to: String)
}
