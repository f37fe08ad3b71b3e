/// The name of a place of a known level, as somebody wrote it.
struct WrittenName {
    /// The name as it was written.
    let whole: NameKey
    /// The name without the word for its level; nil if there was none.
    let bare: NameKey?

    init(_ text: some StringProtocol, of level: PlaceLevel) {
        whole = NameKey(text)
        bare = Self.bare(text, whole, of: level)
    }

    var keys: [NameKey] { [whole] + (bare.map { [$0] } ?? []) }

    private static func bare(_ text: some StringProtocol, _ whole: NameKey, of level: PlaceLevel) -> NameKey? {
        if let rest = afterInitial(text, of: level) { return NameKey(rest) }
        for word in level.wordsBefore { if let rest = whole.without(before: word) { return rest } }
        for word in level.wordsBehind { if let rest = whole.without(behind: word) { return rest } }
        return nil
    }

    /// The letter is short for a word only with a dot or a space behind it: without one it begins names, such as อ่างทอง.
    private static func afterInitial(_ text: some StringProtocol, of level: PlaceLevel) -> String? {
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        guard scalars.first == level.initial, let next = scalars.dropFirst().first,
            next == "." || next.properties.isWhitespace
        else { return nil }
        let rest = String(String.UnicodeScalarView(scalars.dropFirst(2)))
        return NameKey(rest).isEmpty ? nil : rest
    }
}
