import HTTPTypes

/// The simulator's own paths, for developers:
///
/// ```
/// GET, PUT, DELETE /simulator/faults     the active faults: a list
/// GET, PATCH /simulator/leeway           what the page leaves open
/// PUT, DELETE /simulator/slips           what is read in an image
/// GET, POST  /simulator/credits          what is left; somebody pays
/// POST   /simulator/forget               uploads or jobs are not known any more
/// POST   /simulator/clock                turns on the clock of limits and uploads
/// GET    /simulator/calls?limit=100      newest first
/// GET    /simulator/counters             calls, uploads, jobs, credits, the most within a minute, jobs of each image
/// ```
struct ScanlyIQControl {
    typealias Request = ControlRequest

    let simulator: ScanlyIQSimulator
    /// Whether the configuration allows it.
    let isOpen: Bool

    /// - Parameters:
    ///   - target: the path with its query
    ///   - body: nil if it was too long
    func answer(_ method: HTTPRequest.Method, _ target: String, body: [UInt8]?) async -> Reply {
        let date = UTCTime.header(await simulator.now)
        guard isOpen else { return .text(403, "The simulator's control is not switched on.", date: date) }
        guard let body else { return .text(413, "The request is too long.", date: date) }
        let parts = target.split(separator: "?", maxSplits: 1)
        let request = Request(
            method: method, query: parts.count > 1 ? String(parts[1]) : "", body: body, date: date)
        do throws(Refusal) {
            switch parts[0] {
            case "/simulator/faults": return try await faults(request)
            case "/simulator/leeway": return try await leeway(request)
            case "/simulator/slips": return try await slips(request)
            case "/simulator/credits": return try await credits(request)
            case "/simulator/forget": return try await forget(request)
            case "/simulator/clock": return try await clock(request)
            case "/simulator/calls": return try await calls(request)
            case "/simulator/counters": return try await counters(request)
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
            guard case .array(let list) = try request.read() else {
                throw Refusal(code: "", message: "Expected a JSON array of faults.")
            }
            var faults: [ScanlyIQSimulator.Fault] = []
            for value in list {
                do throws(Refusal) {
                    faults.append(try ScanlyIQSimulator.Fault(json: value))
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

    /// `{"advance_seconds": 60}`
    private func clock(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .post else { throw request.refuseMethod() }
        let seconds = try request.members().integer("advance_seconds", in: 0...1_000_000_000)
        await simulator.advanceClock(by: .seconds(seconds))
        return request.reply(.object(["advanced_seconds": .count(seconds)]))
    }

    /// `PATCH` changes what is named:
    ///
    /// ```
    /// {"pending_polls": 2, "tells_retry_after": false, "upload_life_ms": null, "old_upload_status": 404,
    ///  "uploads_serve_once": false, "job_lag_ms": 0, "account_status": null}
    /// ```
    private func leeway(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .patch:
            var leeway = await simulator.currentLeeway
            try leeway.change(by: try request.members())
            do throws(SimulatorError) {
                try await simulator.setLeeway(leeway)
            } catch {
                throw Refusal(code: "", message: error.message)
            }
        default: throw request.refuseMethod()
        }
        return request.reply(await simulator.currentLeeway.json)
    }
}

extension ScanlyIQSimulator.Leeway {
    private static let milliseconds = 0...86_400_000

    fileprivate mutating func change(by member: Member) throws(Refusal) {
        pendingPolls = try member.optionalInteger("pending_polls", in: 0...1_000_000) ?? pendingPolls
        tellsRetryAfter = try member.optionalBool("tells_retry_after") ?? tellsRetryAfter
        if member.has("upload_life_ms") {
            uploadLife =
                member.isNull("upload_life_ms")
                ? nil : .milliseconds(try member.integer("upload_life_ms", in: Self.milliseconds))
        }
        oldUploadStatus = try member.optionalInteger("old_upload_status", in: 400...499) ?? oldUploadStatus
        uploadsServeOnce = try member.optionalBool("uploads_serve_once") ?? uploadsServeOnce
        jobLag =
            try member.optionalInteger("job_lag_ms", in: Self.milliseconds).map { .milliseconds($0) } ?? jobLag
        if member.has("account_status") {
            accountStatus = member.isNull("account_status") ? nil : try member.integer("account_status", in: 400...499)
        }
    }

    fileprivate var json: JSONValue {
        .object([
            "pending_polls": .count(pendingPolls), "tells_retry_after": .bool(tellsRetryAfter),
            "upload_life_ms": uploadLife.map(JSONValue.milliseconds) ?? .null,
            "old_upload_status": .count(oldUploadStatus), "uploads_serve_once": .bool(uploadsServeOnce),
            "job_lag_ms": .milliseconds(jobLag), "account_status": accountStatus.map(JSONValue.count) ?? .null,
        ])
    }
}
