import Raster
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(1))) struct MissingGlyphTests {
    private func ink(_ text: String, _ role: TextRole, width: Int) async throws -> (
        Bitmap, x: Range<Int>, y: Range<Int>
    ) {
        let paper = try await Typesetter(fontFamily: "Loma", widthInDots: width).set([.text(text, role, .left)])
        let columns = (0..<width).filter { x in (0..<paper.height).contains { paper[x, $0] } }
        let rows = (0..<paper.height).filter { !paper.isBlankRow($0) }
        let (left, right) = (try #require(columns.first), try #require(columns.last))
        let (top, bottom) = (try #require(rows.first), try #require(rows.last))
        return (paper, left..<right + 1, top..<bottom + 1)
    }

    /// Whether the ink has a frame: four black sides.
    private func isBox(_ text: String, _ role: TextRole = .body, width: Int = 576) async throws -> Bool {
        let (paper, columns, rows) = try await ink(text, role, width: width)
        func share(_ dots: [Bool]) -> Double { Double(dots.count { $0 }) / Double(max(1, dots.count)) }
        let (last, bottom) = (columns.upperBound - 1, rows.upperBound - 1)
        return columns.count >= 8 && rows.count >= 8
            && share(rows.map { paper[columns.lowerBound, $0] }) > 0.8 && share(rows.map { paper[last, $0] }) > 0.8
            && share(columns.map { paper[$0, rows.lowerBound] }) > 0.8 && share(columns.map { paper[$0, bottom] }) > 0.8
    }

    @Test(
        "a glyph that no font has shows as a visible box at every size",
        arguments: ["🍜", "한", "ក", "က", "\u{E000}", "\u{12031}", "\u{10FFFD}", "अ"],
        [TextRole.body, .small, .strong, .title, .total])
    func boxes(text: String, role: TextRole) async throws {
        for width in [384, 576] { #expect(try await isBox(text, role, width: width), "\(width)") }
    }

    @Test(
        "what the fallback fonts have shows as itself", arguments: ["中", "語", "あ", "ж", "Ω", "ש", "ع", "é", "→", "฿"])
    func fallbacks(text: String) async throws {
        #expect(try await !isBox(text))
    }

    @Test("a replaced command is visible") func commands() async throws {
        for command in ["\u{1B}", "\u{10}", "\u{1D}", "\u{202E}", "\u{2066}", "\u{AD}"] {
            let (_, columns, rows) = try await ink(command, .small, width: 384)
            #expect(columns.count >= 8 && rows.count >= 8)
        }
    }

    @Test("printer commands in a text are drawn, each control character as the sign for what is replaced")
    func printerCommands() async throws {
        let hostile = "\u{1B}@\u{1D}V\u{42}\u{0}\u{10}\u{4}\u{1}\u{10}\u{14}\u{1}\u{0}\u{5} end"
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 384)
        let obeyed = String(hostile.unicodeScalars.map { $0.value < 0x20 ? "\u{FFFD}" : Character($0) })
        #expect(
            try await typesetter.set([.text(hostile, .body, .left)])
                == typesetter.set([.text(obeyed, .body, .left)]))
    }
}
