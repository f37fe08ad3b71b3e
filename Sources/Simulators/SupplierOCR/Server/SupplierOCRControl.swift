import Foundation
import HTTPTypes

/// The simulator's own paths, for developers:
///
/// ```
/// GET, PUT, DELETE /simulator/faults     the active faults: a list
/// GET, PATCH /simulator/leeway           what the page leaves open
/// GET    /simulator/jobs?limit=100       newest first; with number=… only those
/// POST   /simulator/jobs                 others of the account make jobs
/// PUT    /simulator/results              what is read on a job's document
/// GET    /simulator/calls?limit=100      newest first, with their bodies
/// POST   /simulator/clock                turns on the clock of lists
/// GET    /simulator/counters             calls, jobs made, documents fetched, numbers made twice
/// ```
struct SupplierOCRControl {
    typealias Request = ControlRequest

    let simulator: SupplierOCRSimulator
    /// Whether the configuration allows it.
    let isOpen: Bool

    /// - Parameters:
    ///   - target: the path with its query
    ///   - body: nil if it was too long
    func answer(_ method: HTTPRequest.Method, _ target: String, body: [UInt8]?) async -> Reply {
        let date = UTCTime.header(Date())
        guard isOpen else { return .text(403, "The simulator's control is not switched on.", date: date) }
        guard let body else { return .text(413, "The request is too long.", date: date) }
        let parts = target.split(separator: "?", maxSplits: 1)
        let request = Request(
            method: method, query: parts.count > 1 ? String(parts[1]) : "", body: body, date: date)
        do throws(Refusal) {
            switch parts[0] {
            case "/simulator/faults": return try await faults(request)
            case "/simulator/leeway": return try await leeway(request)
            case "/simulator/jobs": return try await jobs(request)
            case "/simulator/results": return try await results(request)
            case "/simulator/calls": return try await calls(request)
            case "/simulator/clock": return try await clock(request)
            case "/simulator/counters": return try await counters(request)
            default: return .text(404, "There is nothing here.", date: date)
            }
        } catch {
            let status = error.code == Request.wrongMethod ? 405 : error.code == "NotFound" ? 404 : 400
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
            var faults: [SupplierOCRSimulator.Fault] = []
            for value in list {
                do throws(Refusal) {
                    faults.append(try SupplierOCRSimulator.Fault(json: value))
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

    /// `{"number": "KK-00000-…", "results": {…}}`
    private func results(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .put else { throw request.refuseMethod() }
        let members = try request.members()
        let number = try members.string("number")
        let value = members.object["results"] ?? .null
        do throws(SimulatorError) {
            try await simulator.setResults(value.bytes, ofJobNumbered: number)
        } catch {
            throw Refusal(code: "", message: error.message)
        }
        return request.reply(.object(["number": .string(number)]))
    }
}
