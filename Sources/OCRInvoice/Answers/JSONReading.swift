import JSON

// Answers are read tolerantly: the page shows no field of a job.
extension JSONObject {
    /// A text that is not empty.
    func text(_ key: String) -> String? {
        if case .string(let text)? = self[key], !text.isEmpty { text } else { nil }
    }

    func object(_ key: String) -> JSONObject? {
        if case .object(let object)? = self[key] { object } else { nil }
    }

    /// How long a list is; nil if the answer does not say, or says what no list can be.
    func listLength(_ key: String) -> Int? {
        guard case .number(let number)? = self[key] else { return nil }
        let count = Int(number.text) ?? Double(number.text).flatMap { Int(exactly: $0) }
        return count.flatMap { (0...100_000_000).contains($0) ? $0 : nil }
    }
}
