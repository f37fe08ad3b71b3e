import JSON
import Testing

@testable import Sales

@Suite struct ThemeRuleTests {
    @Test("colours are # and six hexadecimal digits", arguments: ["#cd0c2b", "#CD0C2B", "#000000"])
    func accepted(text: String) {
        #expect(ThemeRule.isColor(text))
    }

    @Test(
        "nothing else is a colour",
        arguments: ["", "#", "cd0c2b", "#cd0c2", "#cd0c2b0", "#cd0c2g", " #cd0c2b", "#cd0c2b\n", "#ｃd0c2", "red"])
    func refused(text: String) {
        #expect(!ThemeRule.isColor(text))
    }

    @Test("a theme that the page does not name is the provider's to judge")
    func otherThemes() throws {
        let changes: [(pointer: String, json: String?)] = [("/customization/theme", #"{"id": "own", "color": 7}"#)]
        #expect(try SampleEvent.faults(changing: changes).isEmpty)
    }

    @Test("retail-hatsu without a colour from anywhere is a fault")
    func missingColor() throws {
        let decoder = try SampleEvent.decoder(theme: ["id": .string("retail-hatsu")])
        let faults = try SampleEvent.faults(changing: [("/customization", nil)], by: decoder)
        #expect(faults.map(\.pointer) == ["/customization/theme/color"])
    }

    @Test(
        "unit codes are two or three capitals or digits",
        arguments: [
            ("C62", true), ("KGM", true), ("EA", true), ("4L", true), ("", false), ("K", false), ("KGMX", false),
            ("kg", false), ("K ", false), ("กก", false),
        ])
    func unitCodes(text: String, isAccepted: Bool) {
        #expect(UnitCode.isWellFormed(text) == isAccepted)
    }
}
