import Sales

enum JSONText {
    /// A JSON string literal.
    static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).bytes, as: UTF8.self)
    }
}
