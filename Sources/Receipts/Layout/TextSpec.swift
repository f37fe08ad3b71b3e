/// A size in dots and a weight of the paper's font.
struct TextFace: Sendable, Hashable {
    let size: Int
    let isBold: Bool
}

/// A text to set: everything that decides how it breaks and how much room it takes.
struct TextSpec: Sendable, Hashable {
    /// Already clean; U+2028 where one of its own lines ends.
    let text: String
    let face: TextFace
    /// Where lines end; nil for one line of any length.
    let width: Int?
    let alignment: TextAlignment
    /// The indent of all lines but the first.
    let hangingIndent: Int

    init(
        _ text: String, _ face: TextFace, width: Int? = nil, alignment: TextAlignment = .left, hangingIndent: Int = 0
    ) {
        self.text = PaperText.clean(text)
        self.face = face
        self.width = width
        self.alignment = alignment
        self.hangingIndent = hangingIndent
    }
}

/// The room a set text takes, in dots.
struct TextSize: Sendable, Equatable {
    let width: Int
    let height: Int
}
