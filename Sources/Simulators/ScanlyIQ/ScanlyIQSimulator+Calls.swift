import Foundation

extension ScanlyIQSimulator {
    private static let callsKept = 10_000

    /// Decides a call, and remembers it.
    func settle(_ call: ScanlyIQCall) -> Reply {
        let wait = countRate(of: call)
        let fault = faults.take(call.operation).fault?.kind
        let now = now
        let (reply, outcome) = decide(call, fault: fault, wait: wait, date: UTCTime.header(now))
        totals.calls += 1
        if log.count == Self.callsKept { log.removeFirst() }
        let keepsBody = call.operation != .upload && call.body.count <= Call.longestBodyKept
        log.append(
            Call(
                number: totals.calls, operation: call.operation, method: call.method,
                target: String(call.target.prefix(1000)), body: keepsBody ? call.body : nil, outcome: outcome, at: now))
        callsMade.advance(to: totals.calls)
        return reply
    }

    /// Every call counts, also one that is refused. Not nil: it is one too many, and how long to wait.
    private func countRate(of call: ScanlyIQCall) -> Duration? {
        if call.target.hasPrefix("/api/upload/") {
            defer { totals.mostUploads = max(totals.mostUploads, uploadWindow.count) }
            return uploadWindow.enter(at: clock.now)
        }
        guard call.target.hasPrefix("/api/") else { return nil }
        defer { totals.mostOthers = max(totals.mostOthers, otherWindow.count) }
        return otherWindow.enter(at: clock.now)
    }

    private func decide(
        _ call: ScanlyIQCall, fault: Fault.Kind?, wait: Duration?, date: String
    ) -> (Reply, Call.Outcome) {
        switch fault {
        case .unavailable(let status, let retryAfter):
            var reply = Reply.text(status, "The simulator was told to answer \(status).", date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, .status(status))
        case .refusal(let status, let body):
            return (Reply(status: status, body: Array(body.utf8), date: date), .status(status))
        case .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .garbage:
            let page = Array("<html><body>Welcome to our free Wi-Fi!</body></html>".utf8)
            return (Reply(status: 200, contentType: "text/html", body: page, date: date), .garbage)
        default:
            return act(call, fault: fault, wait: wait, date: date)
        }
    }

    private func act(
        _ call: ScanlyIQCall, fault: Fault.Kind?, wait: Duration?, date: String
    ) -> (Reply, Call.Outcome) {
        var reply: Reply
        var outcome: Call.Outcome
        do throws(Refusal) {
            if wait != nil { throw .status(429, "too many requests") }
            reply = .json(200, try perform(call), date: date)
            outcome = .success(200)
        } catch {
            let status = error.scanlyIQStatus
            reply = .json(status, error.scanlyIQBody, date: date)
            outcome = .refusal(status)
            if status == 429 {
                totals.tooMany += 1
                if leeway.tellsRetryAfter { reply.retryAfter = wait }
            }
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

    private func perform(_ call: ScanlyIQCall) throws(Refusal) -> JSONValue {
        guard let body = call.wholeBody else { throw .status(413, "the request is too long") }
        switch call.route {
        case .nowhere: throw .status(404, "there is no such path")
        case .wrongMethod: throw .status(405, "this path does not take \(call.method)")
        case .operation(let operation, let id):
            guard call.key == configuration.key else { throw .status(401, "the API key is missing, wrong or expired") }
            if let status = leeway.accountStatus { throw .status(status, "the account is refused") }
            switch operation {
            case .upload: return try upload(body, type: call.type)
            case .createJob: return try createJob(try call.members())
            case .showJob: return try showJob(id ?? "")
            case .credits: return creditsJSON
            case .estimate: return try estimate(try call.members())
            case .models: return .object(["models": .array(configuration.models.map(\.json))])
            }
        }
    }
}
