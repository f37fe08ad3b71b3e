/// What a character of a text from outside does where people read it. It uses Unicode's own properties and no list of
/// examples. This is the one table for paper, for terminals, and for what counts as blank.
///
/// Format characters are obeyed or dropped, control characters have no effect, and visible characters are drawn, or
/// shown as a sign if no font has them.
public enum ScalarUse: Sendable, Equatable {
    /// A letter, a digit, a sign: it is visible by itself.
    case drawn
    /// Drawn on the letter before it.
    case mark
    /// Draws a frame around the letter before it (general category Me).
    case frame
    case space
    /// A space that never ends a line.
    case firmSpace
    /// A line break.
    case lineBreak
    /// Invisible and obeyed: where a line may or may not end, whether letters join.
    case joiner
    /// Selects a form of the letter before it.
    case variation
    /// The colour of the emoji before it.
    case tint
    /// Invisible, and of no use on paper: format characters that no case above obeys, and those that could reverse the
    /// reading direction of an amount.
    case dropped
    /// A control character, or one that Unicode keeps out of texts.
    case command

    public init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // The fast answer for most characters.
        case 0x21...0x7E: self = .drawn
        case 0x20: self = .space
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E: self = .mark
        case 0x0E01...0x0E30, 0x0E32...0x0E33, 0x0E3F...0x0E46, 0x0E4F...0x0E5B: self = .drawn
        // Line_Break classes LF, CR, NL and BK (UAX #14): the mandatory breaks. Swift has no property for a scalar's
        // class.
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: self = .lineBreak
        // White space of class GL: no-break, figure and narrow no-break space.
        case 0xA0, 0x2007, 0x202F: self = .firmSpace
        // Class ZW, where a line may end, and class WJ, where none may.
        case 0x200B, 0x2060: self = .joiner
        default: self.init(properties: scalar.properties)
        }
    }

    private init(properties: Unicode.Scalar.Properties) {
        if properties.isWhitespace {
            self = .space
        } else if properties.isJoinControl {
            self = .joiner
        } else if properties.isVariationSelector {
            self = .variation
        } else if properties.isDefaultIgnorableCodePoint || properties.isBidiControl {
            self = .dropped
        } else if properties.isNoncharacterCodePoint {
            self = .command
        } else if properties.isEmojiModifier {
            self = .tint
        } else {
            switch properties.generalCategory {
            case .control, .surrogate: self = .command
            case .nonspacingMark, .spacingMark: self = .mark
            case .enclosingMark: self = .frame
            default: self = .drawn
            }
        }
    }
}

extension Unicode.Scalar {
    /// `U+1F9CB`.
    public var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension StringProtocol {
    /// Whether nothing of the text is visible: it is empty, or consists of spaces, line breaks and format characters.
    public var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch ScalarUse(scalar) {
            case .drawn, .mark, .tint, .command: false
            case .frame, .space, .firmSpace, .lineBreak, .joiner, .variation, .dropped: true
            }
        }
    }
}
