/// An exception as the API page describes it: a code, a message for the developer, and the place of the fault.
struct Refusal: Error, Equatable {
    let code: String
    var message: String?
    /// The place of the fault in `data`, as in `document.line_items[0].name`.
    var path: String?

    static func schema(_ path: String, _ message: String) -> Refusal {
        Refusal(code: "SchemaViolation", message: "\(path): \(message)", path: path)
    }

    /// The body of the 422.
    var body: JSONValue {
        var exception: [String: JSONValue] = ["code": .string(code)]
        if let message { exception["message"] = .string(message) }
        if let path { exception["metadata"] = .object(["path": .string(path)]) }
        return .object(["exception": .object(exception)])
    }
}
