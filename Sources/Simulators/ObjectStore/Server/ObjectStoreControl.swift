import HTTPTypes

/// The simulator's own paths, for developers:
///
/// ```
/// GET, PUT, DELETE /simulator/faults                    the active faults: a list
/// GET    /simulator/objects?limit=100                   what is kept, by key
/// GET    /simulator/calls?limit=100                     newest first
/// GET    /simulator/counters                            calls, refusals, objects put, read and removed
/// ```
struct ObjectStoreControl {
    typealias Request = ControlRequest

    let simulator: ObjectStoreSimulator
    /// Whether the configuration allows it.
    let isOpen: Bool

    /// - Parameters:
    ///   - target: the path with its query
    ///   - body: nil if it was too long
    func answer(_ method: HTTPRequest.Method, _ target: String, body: [UInt8]?) async -> Reply {
        let date = UTCTime.header(await simulator.now())
        guard isOpen else { return .text(403, "The simulator's control is not switched on.", date: date) }
        guard let body else { return .text(413, "The request is too long.", date: date) }
        let parts = target.split(separator: "?", maxSplits: 1)
        let request = Request(
            method: method, query: parts.count > 1 ? String(parts[1]) : "", body: body, date: date)
        do throws(Refusal) {
            if parts[0] == "/simulator/faults" { return try await faults(request) }
            guard method == .get else { throw request.refuseMethod() }
            switch parts[0] {
            case "/simulator/objects": return try await objects(request)
            case "/simulator/calls": return try await calls(request)
            case "/simulator/counters": return await counters(request)
            default: return .text(404, "There is nothing here.", date: date)
            }
        } catch {
            let status = error.code == Request.wrongMethod ? 405 : 400
            return .text(status, error.message ?? error.code, date: date)
        }
    }

    private func faults(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .delete: await simulator.clearFaults()
        case .put:
            guard case .array(let values) = try request.read() else {
                throw Refusal(code: "", message: "Expected a JSON array of faults.")
            }
            var faults: [ObjectStoreSimulator.Fault] = []
            for value in values {
                do throws(Refusal) {
                    faults.append(try ObjectStoreSimulator.Fault(json: value))
                } catch {
                    throw Refusal(code: "", message: "Fault \(faults.count): \(error.message ?? error.code).")
                }
            }
            await simulator.clearFaults()
            for fault in faults { await simulator.inject(fault) }
        default: throw request.refuseMethod()
        }
        return request.reply(.array(await simulator.activeFaults.map(\.json)))
    }

    private func objects(_ request: Request) async throws(Refusal) -> Reply {
        let objects = await simulator.objects().prefix(try request.limit())
        return request.reply(
            .array(
                objects.map { object in
                    .object([
                        "key": .string(object.key), "content_type": .string(object.contentType),
                        "size": .count(object.bytes.count), "sha256": .string(object.sha256),
                        "stored_at": .string(UTCTime.timestamp(object.storedAt)), "puts": .count(object.puts),
                        "gets": .count(object.gets),
                    ])
                }))
    }

    private func calls(_ request: Request) async throws(Refusal) -> Reply {
        let calls = await simulator.calls().suffix(try request.limit()).reversed()
        return request.reply(
            .array(
                calls.map { call in
                    .object([
                        "operation": .stringOrNull(call.operation?.rawValue), "path": .string(call.path),
                        "status": .count(call.status), "code": .stringOrNull(call.code),
                        "at": .string(UTCTime.timestamp(call.at)),
                    ])
                }))
    }

    private func counters(_ request: Request) async -> Reply {
        let totals = await simulator.counters
        return request.reply(
            .object([
                "calls": .count(totals.calls), "refusals": .count(totals.refusals), "puts": .count(totals.puts),
                "gets": .count(totals.gets), "removed": .count(totals.removed),
            ]))
    }
}
