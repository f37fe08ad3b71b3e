/// What a character of a text from outside does where people read it, told by Unicode's own properties and by no list of
/// examples: the one table for paper, for terminals, and for what counts as blank.
///
/// What only formats is obeyed or dropped, what commands is taken out of effect, what is to be seen is drawn, or shown as a
/// sign where no font has it.
public enum ScalarUse: Sendable, Equatable {
    /// A letter, a digit, a sign: has ink of its own.
    case drawn
    /// Drawn on the letter before it.
    case mark
    /// Draws a frame around the letter before it (general category Me).
    case frame
    case space
    /// A space at which no line ends.
    case firmSpace
    /// A line ends here.
    case lineBreak
    /// Invisible and obeyed: where a line may or may not end, whether letters join.
    case joiner
    /// Which form of the letter before it is meant.
    case variation
    /// The colour of the emoji before it.
    case tint
    /// Invisible, and of no use on paper: format characters that nothing above obeys, and those that could turn the reading
    /// direction round an amount.
    case dropped
    /// A control character, or one that Unicode keeps out of texts.
    case command

    public init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // The quick answer for most of what is printed.
        case 0x21...0x7E: self = .drawn
        case 0x20: self = .space
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E: self = .mark
        case 0x0E01...0x0E30, 0x0E32...0x0E33, 0x0E3F...0x0E46, 0x0E4F...0x0E5B: self = .drawn
        // Line_Break classes LF, CR, NL and BK (UAX #14): the mandatory breaks. Swift does not tell a scalar's class.
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
    /// Whether nothing of the text would be seen: it is empty, or made of spaces, line breaks and format characters.
    public var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch ScalarUse(scalar) {
            case .drawn, .mark, .tint, .command: false
            case .frame, .space, .firmSpace, .lineBreak, .joiner, .variation, .dropped: true
            }
        }
    }
}
