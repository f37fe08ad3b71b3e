import Sales
import Testing

@Suite struct ScalarUseTests {
    @Test(
        "each character is what Unicode says of it",
        arguments: [
            (ScalarUse.drawn, "Aก๑中🧋🇹฿\u{E000}\u{0378}\u{0600}\u{FFF9}"),
            (.mark, "\u{0E34}\u{0301}\u{103B}\u{093E}"), (.frame, "\u{20E3}"), (.tint, "\u{1F3FD}"),
            (.space, " \t\u{3000}\u{2009}\u{1680}"), (.firmSpace, "\u{A0}\u{202F}\u{2007}"),
            (.lineBreak, "\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}"), (.joiner, "\u{200B}\u{200C}\u{200D}\u{2060}"),
            (.variation, "\u{FE0F}\u{E0100}\u{180B}"),
            (
                .dropped,
                "\u{FEFF}\u{AD}\u{34F}\u{115F}\u{3164}\u{FFA0}\u{17B4}\u{2061}\u{E0067}\u{E0FFF}\u{FFF0}\u{1D173}"
            ),
            (.dropped, "\u{61C}\u{200E}\u{202E}\u{2066}"),
            (.command, "\u{0}\u{1B}\u{7F}\u{9B}\u{FFFE}\u{10FFFF}"),
        ])
    func uses(use: ScalarUse, scalars: String) {
        for scalar in scalars.unicodeScalars { #expect(ScalarUse(scalar) == use, "\(scalar.codePoint)") }
    }

    @Test(
        "nothing invisible is drawn, and nothing that turns the reading direction or commands goes on to paper as it is"
    )
    func everyScalar() {
        for value in (0...0x10FFFF as ClosedRange<UInt32>) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let (use, properties) = (ScalarUse(scalar), scalar.properties)
            if properties.isBidiControl { #expect(use == .dropped, "\(scalar.codePoint)") }
            if properties.isDefaultIgnorableCodePoint {
                #expect([.dropped, .joiner, .variation].contains(use), "\(scalar.codePoint)")
            }
            if properties.isWhitespace {
                #expect([.space, .firmSpace, .lineBreak].contains(use), "\(scalar.codePoint)")
            }
            if properties.generalCategory == .control {
                #expect([.command, .space, .lineBreak].contains(use), "\(scalar.codePoint)")
            }
            if properties.isNoncharacterCodePoint { #expect(use == .command, "\(scalar.codePoint)") }
        }
    }

    @Test(
        "blank is what shows nothing",
        arguments: ["", " ", "\t\n", "\u{A0}\u{3000}", "\u{FEFF}\u{200B}", "\u{AD}\u{3164}\u{FE0F}"])
    func blank(text: String) {
        #expect(text.isBlank)
    }

    @Test(
        "what shows anything is not blank", arguments: [".", " ก ", "\u{0E34}", "\u{1B}", "🧋", "\u{E000}", "\u{FFFD}"])
    func notBlank(text: String) {
        #expect(!text.isBlank)
    }

    @Test(
        "a code point is written as Unicode writes it",
        arguments: [("\n", ["U+000A"]), ("กิ", ["U+0E01", "U+0E34"]), ("🧋", ["U+1F9CB"])])
    func codePoints(text: String, points: [String]) {
        #expect(text.unicodeScalars.map(\.codePoint) == points)
    }
}
