import JSON

// Answers are read tolerantly: the page contradicts itself on what may be null or absent.
extension JSONObject {
    /// A text that is not empty.
    func text(_ key: String) -> String? {
        if case .string(let text)? = self[key], !text.isEmpty { text } else { nil }
    }

    func count(_ key: String) -> Int? {
        guard case .number(let number)? = self[key] else { return nil }
        return Int(number.text) ?? Double(number.text).flatMap { Int(exactly: $0) }
    }

    func object(_ key: String) -> JSONObject? {
        if case .object(let object)? = self[key] { object } else { nil }
    }
}
