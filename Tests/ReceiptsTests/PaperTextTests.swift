import Testing

@testable import Receipts

@Suite struct PaperTextTests {
    @Test(
        "what would be obeyed becomes visible, what separates becomes a space",
        arguments: [
            ("plain, as it is", "plain, as it is"), ("น้ำปลา ปี๊บ", "น้ำปลา ปี๊บ"),
            ("a\r\nb\tc\u{2028}d\u{3000}e", "a  b c d e"),
            ("\u{1B}@\u{0}\u{7F}\u{9B}", "\u{FFFD}@\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("a\u{202E}b\u{2066}c\u{200F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"), ("e\u{301}", "e\u{301}"),
            ("\u{301}x", "\u{A0}\u{301}x"), ("a \u{0E49}", "a \u{A0}\u{0E49}"), ("", ""), ("🍜中", "🍜中"),
            ("1\u{20E3}", "1"), ("a\u{FFFE}b\u{10FFFF}c", "a\u{FFFD}b\u{FFFD}c"),
        ])
    func cleaning(text: String, expected: String) {
        #expect(Array(PaperText.clean(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "cleaning twice is cleaning once",
        arguments: ["\u{301}\u{202E}\n\u{0E49}", String(repeating: "ก", count: 3_000)])
    func cleaningTwice(text: String) {
        #expect(PaperText.clean(PaperText.clean(text)) == PaperText.clean(text))
    }

    @Test("a letter carries no more marks than it can bear") func marks() {
        let text = PaperText.clean("z" + String(repeating: "\u{300}", count: 50) + "a")
        #expect(text.unicodeScalars.count == 2 + PaperText.maximumMarks)
    }

    @Test("no text is longer than the paper can take") func length() {
        let text = PaperText.clean(String(repeating: "ก", count: 100_000))
        #expect(text.unicodeScalars.count == PaperText.maximumLength + 1)
        #expect(text.hasSuffix("…"))
        #expect(
            PaperText.clean(String(repeating: "x", count: 100_000)).unicodeScalars.count == text.unicodeScalars.count)
    }
}
