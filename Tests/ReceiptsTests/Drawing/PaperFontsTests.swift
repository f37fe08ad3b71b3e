import Testing

@testable import Receipts

@Suite struct PaperFontsTests {
    @Test("of the wanted family one regular and one bold file are taken, whichever formats are installed")
    func faces() throws {
        let files = try PaperFonts(family: "Loma").files
        #expect(files.count == 2)
        #expect(files.allSatisfy { $0.contains("/Loma") && !$0.contains("Oblique") })
        #expect(files.count { $0.contains("Bold") } == 1)
    }

    @Test("the fallbacks come after the wanted family, in their order, and none comes twice")
    func order() throws {
        let known = ["Loma", "DejaVu Sans", "Droid Sans Fallback"]
        func families(_ family: String, _ fallbacks: [String] = []) throws -> [String] {
            try PaperFonts(family: family, fallbacks: fallbacks).families.split(separator: ",").map(String.init)
        }
        let plain = try families("Loma")
        #expect(Array(plain.prefix(3)) == known)
        #expect(Set(plain).count == plain.count)
        #expect(plain.contains("Noto Sans Khmer"), "the machine's own come last")
        #expect(!plain.contains("Noto Color Emoji"))
        #expect(try Array(families("DejaVu Sans").prefix(2)) == ["DejaVu Sans", "Droid Sans Fallback"])
        let asked = try families("Loma", ["Symbola", "No Such Font", "Droid Sans Fallback"])
        #expect(Array(asked.prefix(4)) == ["Loma", "Symbola", "Droid Sans Fallback", "DejaVu Sans"])
    }

    @Test("a character for private use is only taken from fonts that were asked for") func privateUse() throws {
        // Loma has Thai vowels in other places there.
        #expect(try PaperFonts(family: "Loma").has("\u{F701}"))
        #expect(try !PaperFonts(family: "Symbola").has("\u{F701}"))
        #expect(try PaperFonts(family: "Symbola", fallbacks: ["Loma"]).has("\u{F701}"))
        #expect(try PaperFonts(family: "Symbola").has("ก"))
    }

    @Test(
        "a family that is not installed is refused, and so is what is none",
        arguments: ["", "No Such Font", "Loma,Norasi", "Loma:bold", "sans-serif"])
    func missing(family: String) {
        let error = #expect(throws: ReceiptError.self) {
            let fonts = try PaperFonts(family: family)
            Issue.record("taken as \(fonts.families)")
        }
        #expect(error?.code == .fontMissing)
    }
}
