/// What is known about a call before account, faults and shelves are asked. Making one is the part of the work that can
/// run in parallel.
struct BillgateCall: Sendable {
    let method: String
    /// The path with its query, as it came.
    let target: String
    /// nil if the path or the method leads nowhere.
    let operation: BillgateSimulator.Operation?
    /// The id in the path.
    let id: String?
    let key: String?
    let body: [UInt8]
    let json: Result<JSONValue, Refusal>
    /// Why it is not looked at any further, whoever sends it.
    let refusal: Refusal?

    /// - Parameters:
    ///   - body: nil if it is too long
    ///   - type: the `Content-Type` header
    init(method: String, target: String, key: String?, type: String?, body: [UInt8]?) {
        (self.method, self.target, self.key, self.body) = (method, target, key, body ?? [])
        let path = String(target.prefix { $0 != "?" })
        switch BillgateSimulator.Operation.find(method, path) {
        case .operation(let found, let foundID):
            (operation, id) = (found, foundID)
            refusal = Self.refusal(of: found, type: type, body: body)
        case .wrongMethod:
            (operation, id) = (nil, nil)
            refusal = .other(405, "this path does not take \(method)")
        case .nowhere:
            (operation, id) = (nil, nil)
            refusal = .other(404, "there is no such path")
        }
        json = Self.read(self.body)
    }

    var query: CallQuery { CallQuery(target.drop { $0 != "?" }.dropFirst()) }

    private static func refusal(of operation: BillgateSimulator.Operation, type: String?, body: [UInt8]?) -> Refusal? {
        guard let body else { return .other(413, "the request is too long") }
        guard operation.takesBody, !body.isEmpty else { return nil }
        let kind = type?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return kind == "application/json" ? nil : .other(415, "the API takes application/json")
    }

    private static func read(_ body: [UInt8]) -> Result<JSONValue, Refusal> {
        guard !body.isEmpty else { return .failure(.schema("body", "expected JSON, found nothing")) }
        do throws(JSONReader.Fault) {
            return .success(try JSONReader.read(body))
        } catch {
            return .failure(.schema("body", error.message))
        }
    }
}
