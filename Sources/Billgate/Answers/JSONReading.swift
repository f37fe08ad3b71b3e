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

    /// No shop has so many of anything: a number above it is none that a list has.
    private static let longestList = 100_000_000

    /// How long a list is; nil if the answer does not say.
    func listLength(_ key: String) -> Int? {
        count(key).flatMap { (0...Self.longestList).contains($0) ? $0 : nil }
    }

    func object(_ key: String) -> JSONObject? {
        if case .object(let object)? = self[key] { object } else { nil }
    }
}
