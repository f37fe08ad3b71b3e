public import JSON

/// What the provider's page says of the themes it names; what it does not say of other themes is the provider's to judge.
public enum ThemeRule {
    /// What is wrong with a theme's colour; nil where nothing is.
    public static func colourFault(of theme: JSONObject) -> String? {
        guard case .string("retail-hatsu")? = theme["id"] else { return nil }
        switch theme["color"] {
        case .string(let color)? where isColor(color): return nil
        case .string(let color)?: return "expected a colour such as \"#cd0c2b\", found \"\(color.prefix(40))\""
        case let other?: return "expected a colour such as \"#cd0c2b\", found \(other.kind)"
        case nil: return "required by the theme retail-hatsu, but missing"
        }
    }

    static func check(_ customization: JSONObject, faults: FaultCollector) {
        // A theme of the wrong type was noted when the event was read.
        guard case .object(let theme)? = customization["theme"], let fault = colourFault(of: theme) else { return }
        faults.add(JSONPointer.root / "customization" / "theme" / "color", fault)
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
