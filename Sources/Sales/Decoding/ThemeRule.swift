/// What the provider's page says of the themes it names; what it does not know of other themes is the provider's to judge.
enum ThemeRule {
    static func check(_ customization: JSONObject, faults: FaultCollector) {
        // A theme of the wrong type was noted when the event was read.
        guard case .object(let theme)? = customization["theme"], case .string("retail-hatsu")? = theme["id"] else {
            return
        }
        let place = JSONPointer.root / "customization" / "theme" / "color"
        switch theme["color"] {
        case .string(let color)? where isColor(color): break
        case .string(let color)?:
            faults.add(place, "expected a colour such as \"#cd0c2b\", found \"\(color.prefix(40))\"")
        case let other?: faults.add(place, "expected a colour such as \"#cd0c2b\", found \(other.kind)")
        case nil: faults.add(place, "required by the theme retail-hatsu, but missing")
        }
    }

    /// `/^#[0-9a-fA-F]{6}$/`
    static func isColor(_ text: String) -> Bool {
        text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#")
            && text.utf8.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}

/// Codes of UN/CEFACT Recommendation 20: two or three capitals or digits. Whether one is on the list, which changes with
/// every revision, is the provider's to say.
enum UnitCode {
    static let rule = "a unit code of UN/CEFACT Recommendation 20, such as \"C62\" or \"KGM\""

    static func isWellFormed(_ text: String) -> Bool {
        (2...3).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
