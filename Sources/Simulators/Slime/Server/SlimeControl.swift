import HTTPTypes

/// The simulator's own paths, for developers:
///
/// ```
/// GET, PUT, DELETE /simulator/faults                    the active faults: a list
/// GET    /simulator/transactions?limit=100              newest first
/// GET    /simulator/documents?limit=100                 newest first, with how often each file was fetched
/// GET    /simulator/documents?id=TEST-1D1               that one
/// POST   /simulator/documents                           a customer makes a document, or other stores do
/// POST   /simulator/documents/ready                     ends the generation of one document, or of all
/// GET, PATCH /simulator/document-rules                  how documents come to be and are served
/// POST   /simulator/clock                               turns on the clock of documents and locations
/// DELETE /simulator/continuation-tokens                 makes those of until now stale
/// GET    /simulator/counters                            transactions by subject, calls, documents, files
/// ```
struct SlimeControl {
    typealias Request = ControlRequest

    let simulator: SlimeSimulator
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
        let query = parts.count > 1 ? String(parts[1]) : ""
        let request = Request(method: method, query: query, body: body, date: date)
        do throws(Refusal) {
            switch parts[0] {
            case "/simulator/faults": return try await faults(request)
            case "/simulator/transactions": return try await transactions(request)
            case "/simulator/documents": return try await documents(request)
            case "/simulator/documents/ready": return try await ready(request)
            case "/simulator/document-rules": return try await documentRules(request)
            case "/simulator/clock": return try await clock(request)
            case "/simulator/continuation-tokens": return try await tokens(request)
            case "/simulator/counters": return try await counters(request)
            default: return .text(404, "There is nothing here.", date: date)
            }
        } catch {
            let status = error.code == Request.wrongMethod ? 405 : error.code == "NotFound" ? 404 : 400
            return .text(status, error.message ?? error.code, date: date)
        }
    }
}
