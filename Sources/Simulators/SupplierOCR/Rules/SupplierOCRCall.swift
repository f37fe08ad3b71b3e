/// What is known about a call before account, faults and jobs are asked.
struct SupplierOCRCall: Sendable {
    let method: String
    /// The path with its query, as it came.
    let target: String
    /// nil if the path or the method leads nowhere.
    let operation: SupplierOCRSimulator.Operation?
    /// The id in the path.
    let id: String?
    let key: String?
    let type: String?
    let body: [UInt8]
    let json: Result<JSONValue, Refusal>
    /// Why it is not looked at any further, whoever sends it.
    let refusal: Refusal?
    /// The results and the status that a fault puts into its answer.
    var results: String?
    var statusWord: String?

    struct Head {
        let method: String
        let target: String
        /// What the header with the key says.
        let key: String?
        /// The `Content-Type` header.
        let type: String?
    }

    /// - Parameter body: nil if it is too long
    init(_ head: Head, body: [UInt8]?, _ configuration: SupplierOCRSimulator.Configuration) {
        (method, target, key, type) = (head.method, head.target, head.key, head.type)
        self.body = body ?? []
        let path = String(target.prefix { $0 != "?" })
        switch SupplierOCRSimulator.Operation.find(method, path, configuration) {
        case .operation(let found, let foundID):
            (operation, id) = (found, foundID)
            refusal = Self.refusal(of: found, type: head.type, body: body)
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

    /// The members of the body's object.
    func members() throws(Refusal) -> Member {
        let value = try json.get()
        guard case .object = value else { throw .schema("body", "expected an object, found \(value.kind)") }
        return Member(value, "")
    }

    private static func refusal(
        of operation: SupplierOCRSimulator.Operation, type: String?, body: [UInt8]?
    ) -> Refusal? {
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
