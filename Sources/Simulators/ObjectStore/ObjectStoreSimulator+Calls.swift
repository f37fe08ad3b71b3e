import Foundation

extension ObjectStoreSimulator {
    /// Decides a call, and remembers it.
    func settle(_ request: StoreRequest) -> Reply {
        let (met, offset) = faults.take(request.operation)
        let now = now(plus: offset)
        let (reply, code) = decide(request, fault: met?.kind, now: now)
        let isLost = if case .lost = reply.delivery { true } else { false }
        totals.calls += 1
        if code != nil { totals.refusals += 1 }
        if callLog.count == Call.mostKept { callLog.removeFirst() }
        callLog.append(
            Call(
                operation: request.operation, path: String(request.path.prefix(2000)),
                status: isLost ? 0 : reply.status, code: code, at: now))
        callsMade.advance(to: totals.calls)
        return reply
    }

    private func decide(_ request: StoreRequest, fault: Fault.Kind?, now: Date) -> (Reply, code: String?) {
        let date = UTCTime.header(now)
        switch fault {
        case .unavailable(let status, let retryAfter):
            var reply = Reply.text(status, "The simulator was told to answer \(status).", date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, nil)
        case .refusal(let status, let code, let retryAfter):
            let refusal = StoreRefusal(status: status, code: code, message: "The simulator was told to say so.")
            var reply = refusal.reply(date: date)
            reply.retryAfter = retryAfter
            return (reply, code)
        case .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, nil)
        case .garbage:
            return (.html(200, "<html><body>Welcome to our free Wi-Fi!</body></html>", date: date), nil)
        default:
            return act(request, fault: fault, now: now)
        }
    }

    private func act(_ request: StoreRequest, fault: Fault.Kind?, now: Date) -> (Reply, code: String?) {
        var reply: Reply
        var code: String?
        let date = UTCTime.header(now)
        do throws(StoreRefusal) {
            reply = try answer(request, now: now, date: date)
        } catch {
            reply = error.reply(date: date)
            code = error.code
        }
        switch fault {
        case .slow(let delay): reply.delay = delay
        case .loseAnswerAfterActing: reply.delivery = .lost
        case .truncated:
            // Neither 204 nor an empty body can be cut.
            if reply.body.isEmpty { (reply.status, reply.body) = (200, Array("half of nothing".utf8)) }
            reply.delivery = .cutShort
        case .endless: (reply.status, reply.delivery) = (200, .endless)
        case .packed(let coding):
            if reply.status == 204 { reply.status = 200 }
            reply.pack(as: coding)
        case .shownClock(let ahead): reply.date = UTCTime.header(now.addingTimeInterval(ahead / .seconds(1)))
        default: break
        }
        return (reply, code)
    }

    private func answer(_ request: StoreRequest, now: Date, date: String) throws(StoreRefusal) -> Reply {
        guard let operation = request.operation else {
            throw StoreRefusal(
                status: 405, code: "MethodNotAllowed",
                message: "The specified method is not allowed against this resource.")
        }
        guard let body = request.body else {
            throw StoreRefusal(
                status: 400, code: "EntityTooLarge",
                message: "Your proposed upload exceeds the maximum allowed object size.")
        }
        let place = try request.place(bucket: configuration.bucket)
        try SignatureCheck(configuration: configuration).check(request, now: now)
        guard place.bucket == configuration.bucket else {
            throw StoreRefusal(status: 404, code: "NoSuchBucket", message: "The specified bucket does not exist.")
        }
        switch operation {
        case .put: return try put(body, place.key, request, now: now, date: date)
        case .get: return try get(place.key, date: date)
        case .delete: return try delete(place.key, date: date)
        }
    }

    // MARK: - Objects

    private func put(
        _ body: [UInt8], _ key: [UInt8], _ request: StoreRequest, now: Date, date: String
    ) throws(StoreRefusal) -> Reply {
        guard stored[key] != nil || stored.count < configuration.maximumObjects else {
            throw StoreRefusal(status: 503, code: "SlowDown", message: "Please reduce your request rate.")
        }
        var object = StoredObject(
            key: String(decoding: key, as: UTF8.self),
            contentType: request.header("content-type") ?? "binary/octet-stream", bytes: body,
            sha256: request.bodyDigest, storedAt: now)
        object.puts += stored[key]?.puts ?? 0
        stored[key] = object
        totals.puts += 1
        var reply = Reply(status: 200, contentType: "text/plain", body: [], date: date)
        reply.entityTag = "\"\(request.bodyDigest.prefix(32))\""
        return reply
    }

    private func get(_ key: [UInt8], date: String) throws(StoreRefusal) -> Reply {
        guard let object = stored[key] else { throw .noSuchKey }
        stored[key]?.gets += 1
        totals.gets += 1
        var reply = Reply(status: 200, contentType: object.contentType, body: object.bytes, date: date)
        reply.entityTag = "\"\(object.sha256.prefix(32))\""
        return reply
    }

    private func delete(_ key: [UInt8], date: String) throws(StoreRefusal) -> Reply {
        if stored.removeValue(forKey: key) != nil {
            totals.removed += 1
        } else if configuration.missingObjectStatus == 404 {
            throw .noSuchKey
        }
        return Reply(status: 204, contentType: "text/plain", body: [], date: date)
    }
}
