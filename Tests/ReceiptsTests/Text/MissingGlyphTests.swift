import Raster
import Testing

@testable import Receipts

/// Needs the fonts of scripts/lib/packages: Noto Sans for Khmer, Burmese and Devanagari, Nanum for Korean, Symbola and Unifont.
@Suite(.timeLimit(.minutes(1))) struct MissingGlyphTests {
    private func paper(_ text: String, font: String = "Loma", fallbacks: [String] = []) async throws -> Bitmap {
        try await Typesetter(fontFamily: font, fallbackFonts: fallbacks, widthInDots: 576).set([
            .text(text, .body, .left)
        ])
    }

    /// The dots that are black, without the white around them.
    private func ink(_ paper: Bitmap) throws -> [[Bool]] {
        let columns = (0..<paper.width).filter { x in (0..<paper.height).contains { paper[x, $0] } }
        let rows = (0..<paper.height).filter { !paper.isBlankRow($0) }
        let (left, right) = (try #require(columns.first), try #require(columns.last))
        let (top, bottom) = (try #require(rows.first), try #require(rows.last))
        return (top...bottom).map { y in (left...right).map { paper[$0, y] } }
    }

    @Test(
        "what no font has shows as one sign for each letter with all that belongs to it, and is told once",
        arguments: [("\u{E000}", 1), ("\u{10FFFD}", 1), ("\u{10FFFD}\u{E123}", 2), ("\u{10FFFD}\u{200D}\u{FE0F}", 1)])
    func sign(text: String, signs: Int) async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        let drawn = try await typesetter.set([.text("ก\(text)ข", .body, .left)])
        let expected = "ก" + String(repeating: "\u{FFFD}", count: signs) + "ข"
        #expect(try await drawn == typesetter.set([.text(expected, .body, .left)]))
        let scalars = text.unicodeScalars.filter(\.isPrivateUse).sorted()
        #expect(await typesetter.takeUndrawable() == scalars)
        _ = try await typesetter.set([.text("x\(text)", .small, .left)])
        #expect(await typesetter.takeUndrawable().isEmpty)
    }

    @Test("a sign is visible in every size", arguments: [TextRole.body, .small, .strong, .title, .total])
    func visibleSign(role: TextRole) async throws {
        for width in [384, 576] {
            let paper = try await Typesetter(fontFamily: "Loma", widthInDots: width).set([.text("\u{1B}", role, .left)])
            let ink = try ink(paper)
            #expect(ink.count >= 8 && ink[0].count >= 8)
        }
    }

    @Test(
        "names in the scripts of the neighbours and of guests are drawn, none of them as a sign",
        arguments: [
            "豚肉・木耳と玉子炒め弁当", "麻辣香锅（大份）", "신라면 큰사발", "ປີ້ງໄກ່ ເຂົ້າໜຽວ", "សាច់គោ អាម៉ុក", "လက်ဖက်ရည် မုန့်ဟင်းခါး",
            "बासमती चावल", "Phở bò đặc biệt Nguyễn", "Ούζο Водка", "ש ع é → ฿",
            "🧋🍕 👨‍👩‍👧‍👦 🇹🇭 1️⃣ ⭐ ☕ ☕️ 👍🏽 ❤️ 🥬❌",
        ])
    func scripts(text: String) async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        let drawn = try await typesetter.set([.text(text, .body, .left)])
        #expect(await typesetter.takeUndrawable().isEmpty)
        #expect(try ink(drawn)[0].count > 20)
    }

    @Test(
        "a fallback that was asked for comes before the machine's own",
        arguments: ["NanumBarunGothic", "NanumMyeongjo"])
    func fallbacks(family: String) async throws {
        let wanted = try ink(try await paper("신라면", font: family))
        #expect(try ink(try await paper("신라면", fallbacks: [family])) == wanted)
        #expect(try ink(try await paper("신라면", fallbacks: ["No Such Font", family])) == wanted)
        #expect(try ink(try await paper("신라면")) != wanted)
        // What the font itself has stays as it is.
        #expect(try await paper("ข้าว 120.00", fallbacks: [family]) == paper("ข้าว 120.00"))
    }

    @Test("of fallbacks those that are not installed are told") func missingFallbacks() {
        #expect(Typesetter.missingFonts(of: ["Loma", "No Such Font", "A,B", "Symbola"]) == ["No Such Font", "A,B"])
    }

    @Test("where the font is not installed there is another that has Thai") func substitute() throws {
        let family = try #require(Typesetter.substituteFont())
        #expect(throws: Never.self) { try Typesetter(fontFamily: family, widthInDots: 576) }
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

    @Test(
        "what turns the reading direction changes nothing on paper",
        arguments: ["\u{202E}", "\u{2067}", "\u{200F}", "\u{61C}", "\u{202B}"])
    func direction(control: String) async throws {
        #expect(try await paper("ราคา \(control)120.05\u{202C}") == paper("ราคา 120.05"))
    }

    @Test("a line break ends the line of a name, and what follows stands in") func lines() async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        func set(_ name: String) async throws -> Bitmap {
            try await typesetter.set([.amount(AmountRow(name: name, amount: "10.00"))])
        }
        let (one, two) = (try await set("ข้าวผัด"), try await set("ข้าวผัด\nหมูกรอบ"))
        #expect(two.height == 2 * one.height)
        let second = two.rows(one.height..<two.height)
        let left = (0..<576).first { x in (0..<second.height).contains { second[x, $0] } }
        #expect(try #require(left) >= 12 + 10, "the second line is indented")
        let centred = try await typesetter.set([.text("Wifi: shop\r\nPass: 1234", .small, .center)])
        let single = try await typesetter.set([.text("Wifi: shop", .small, .center)])
        #expect(centred.rows(0..<single.height) == single)
        #expect(centred.height == 2 * single.height)
    }
}
