import HTTPTypes

/// A request of a simulator's own paths.
struct ControlRequest {
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
