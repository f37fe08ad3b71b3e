import Testing

/// One thing changed in an example of the page, and the exception that answers it.
struct Change: Sendable, CustomTestStringConvertible {
    let what: String
    let find: String
    let put: String
    let code: String

    init(_ what: String, _ find: String, _ put: String, _ code: String = "SchemaViolation") {
        (self.what, self.find, self.put, self.code) = (what, find, put, code)
    }

    var testDescription: String { what }
}
