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

    /// A request of the control.
    struct Request {
        static let wrongMethod = "method"

        let method: HTTPRequest.Method
        let query: String
        let body: [UInt8]
        let date: String

        func read() throws(Refusal) -> JSONValue {
            do throws(JSONReader.Fault) {
                return try JSONReader.read(body)
            } catch {
                throw Refusal(code: "", message: "The body: \(error.message).")
            }
        }

        /// The members of the object in the body; none in a body that is empty.
        func members() throws(Refusal) -> Member {
            let value = body.isEmpty ? JSONValue.object([:]) : try read()
            guard case .object = value else { throw Refusal(code: "", message: "Expected a JSON object.") }
            return Member(value, "")
        }

        /// `limit=…`, or 100.
        func limit() throws(Refusal) -> Int {
            let limit = query.hasPrefix("limit=") ? Int(query.dropFirst(6)) : 100
            guard let limit, (1...1000).contains(limit) else {
                throw Refusal(code: "", message: "limit: expected 1 to 1000.")
            }
            return limit
        }

        func reply(_ value: JSONValue, status: Int = 200) -> Reply { .json(status, value, date: date) }

        func refuseMethod() -> Refusal {
            Refusal(code: Self.wrongMethod, message: "This path does not take \(method.rawValue).")
        }
    }
}
