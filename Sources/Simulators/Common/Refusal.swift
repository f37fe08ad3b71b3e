/// Why a simulator does not do what a request asks for: a code, a message for the developer, and the place of the fault.
struct Refusal: Error, Equatable {
    let code: String
    var message: String?
    /// The place of the fault in the request, as in `document.line_items[0].name`.
    var path: String?

    static let notFound = Refusal(code: "NotFound")

    static func schema(_ path: String, _ message: String) -> Refusal {
        Refusal(code: "SchemaViolation", message: "\(path): \(message)", path: path)
    }
}
