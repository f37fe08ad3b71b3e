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
        #expect(try PaperFonts(family: "Loma").families == "Loma,DejaVu Sans,Droid Sans Fallback")
        #expect(try PaperFonts(family: "DejaVu Sans").families == "DejaVu Sans,Droid Sans Fallback")
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
