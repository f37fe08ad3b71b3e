/// An exception as the API page words it: a code, a message for the developer, and where the fault was found.
struct Refusal: Error, Equatable {
    let code: String
    var message: String?
    /// Where in `data` the fault is, as in `document.line_items[0].name`.
    var path: String?

    static func schema(_ path: String, _ message: String) -> Refusal {
        Refusal(code: "SchemaViolation", message: "\(path): \(message)", path: path)
    }

    /// The body of the 422 that says so.
    var body: JSONValue {
        var exception: [String: JSONValue] = ["code": .string(code)]
        if let message { exception["message"] = .string(message) }
        if let path { exception["metadata"] = .object(["path": .string(path)]) }
        return .object(["exception": .object(exception)])
    }
}
