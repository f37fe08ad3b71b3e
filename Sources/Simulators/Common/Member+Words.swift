extension Member {
    /// One of the words of a type; nil if there is no such member.
    func optionalWord<Word: RawRepresentable & CaseIterable>(
        _ name: String
    ) throws(Refusal) -> Word? where Word.RawValue == String {
        guard let text = try optionalString(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
            throw .schema(pathTo(name), "expected \(words)")
        }
        return word
    }
}
