/// What is known about a call before account and faults are asked. Making one is the part of the work that can run in parallel.
struct ScanlyIQCall: Sendable {
    let method: String
    /// The path with its query, as it came.
    let target: String
    let route: ScanlyIQSimulator.Operation.Route
    /// What stands behind `Bearer`.
    let key: String?
    /// The `Content-Type` header.
    let type: String?
    /// nil if it is too long.
    let wholeBody: [UInt8]?

    init(method: String, target: String, authorization: String?, type: String?, body: [UInt8]?) {
        (self.method, self.target, self.type, wholeBody) = (method, target, type, body)
        route = ScanlyIQSimulator.Operation.find(method, String(target.prefix { $0 != "?" }))
        let words = authorization?.split(separator: " ", maxSplits: 1) ?? []
        key = words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }

    var operation: ScanlyIQSimulator.Operation? {
        if case .operation(let operation, _) = route { operation } else { nil }
    }

    var body: [UInt8] { wholeBody ?? [] }

    /// The members of the JSON object in the body.
    func members() throws(Refusal) -> Member {
        let kind = type?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard kind == "application/json" else { throw .status(415, "this path takes application/json") }
        let value: JSONValue
        do throws(JSONReader.Fault) { value = try JSONReader.read(body) } catch { throw .badRequest(error.message) }
        guard case .object = value else { throw .badRequest("expected an object, found \(value.kind)") }
        return Member(value, "")
    }
}
