import Testing

@testable import Receipts

@Suite struct PaperTextTests {
    @Test(
        "what only formats is obeyed or dropped, what commands becomes visible, what separates becomes one space",
        arguments: [
            ("plain, as it is", "plain, as it is"), ("น้ำปลา ปี๊บ", "น้ำปลา ปี๊บ"), ("", ""), ("🍜中", "🍜中"),
            ("\u{FEFF}น็อต", "น็อต"), ("แชม\u{AD}พู\u{AD}", "แชมพู"), ("600\u{A0}มล.", "600\u{A0}มล."),
            ("โซ\u{200B}ฟา", "โซ\u{200B}ฟา"), ("a\u{2060}b", "a\u{2060}b"), ("क\u{200D}ष", "क\u{200D}ष"),
            ("a\u{202E}b\u{2066}c\u{200F}", "abc"), ("฿1\u{202E}00.2\u{202C}", "฿100.2"), ("a\u{3164}b", "ab"),
            ("\u{1B}@\u{0}\u{7F}\u{9B}", "\u{FFFD}@\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("a\u{FFFE}b\u{10FFFF}c", "a\u{FFFD}b\u{FFFD}c"),
            ("  a   b\t\tc  ", "a b c"), ("a\u{3000}\u{A0}b", "a b"), ("a\u{202F}b", "a\u{A0}b"), (" ", ""),
            ("\u{200B}", ""),
            ("e\u{301}", "e\u{301}"), ("\u{301}x", "\u{A0}\u{301}x"), ("a \u{0E49}", "a \u{A0}\u{0E49}"),
            ("1\u{FE0F}\u{20E3}", "1"), ("❤\u{FE0F}", "❤\u{FE0F}"), ("\u{FE0F}a", "a"),
            ("👍🏽", "👍"), ("🏽", "🏽"), ("👨‍👩‍👧", "👨‍👩‍👧"), ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴"),
        ])
    func cleaning(text: String, expected: String) {
        #expect(Array(PaperText.clean(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "a line break is a line break, however it is written, and one empty line is enough",
        arguments: [
            ("a\nb", "a⏎b"), ("a\r\nb", "a⏎b"), ("a\rb", "a⏎b"), ("a\u{85}b", "a⏎b"), ("a\u{2028}b\u{2029}c", "a⏎b⏎c"),
            ("a \n b", "a⏎b"), ("\n\na\n", "a"), ("a\n\nb", "a⏎⏎b"), ("a\r\n\r\n\r\n\n\nb", "a⏎⏎b"),
            ("a\n\u{301}", "a⏎\u{A0}\u{301}"),
        ])
    func lineBreaks(text: String, expected: String) {
        let cleaned = PaperText.clean(text).unicodeScalars.map { $0 == PaperText.lineBreak ? "⏎" : $0 }
        #expect(cleaned == Array(expected.unicodeScalars))
    }

    @Test("one text has so many lines and no more; what follows stands on the last") func maximumLines() {
        let text = PaperText.clean((1...100).map(String.init).joined(separator: "\n"))
        let lines = text.unicodeScalars.split(separator: PaperText.lineBreak).map { String($0) }
        #expect(lines.count == PaperText.maximumLines)
        #expect(lines.last?.hasPrefix("20 21 22 ") == true)
        #expect(lines.last?.hasSuffix(" 100") == true)
    }

    @Test(
        "what has to stand on one line has spaces for line breaks",
        arguments: [("สม\nชาย", "สม ชาย"), ("\r\na\r\nb\n", "a b")])
    func oneLine(text: String, expected: String) {
        #expect(PaperText.line(text) == expected)
    }

    @Test(
        "cleaning twice is cleaning once",
        arguments: Samples.hostileNames + [
            "\u{301}\u{202E}\n\u{0E49}", String(repeating: "ก", count: 3_000), "a \u{A0}\u{200B} b\n\n \nc\u{200D} d",
            "a\u{A0}\u{0E49}",
        ])
    func cleaningTwice(text: String) {
        let once = PaperText.clean(text)
        #expect(PaperText.clean(once).unicodeScalars.elementsEqual(once.unicodeScalars))
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
