/// Text from outside made fit for paper: one paragraph, read in the order in which it is written.
enum PaperText {
    /// Longer texts end in an ellipsis.
    static let maximumLength = 2_000
    /// More combining marks than this on one letter would grow into its neighbours; no living spelling needs them.
    static let maximumMarks = 4
    /// Stands for what must not be obeyed, so that it can be seen.
    static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// White space of every kind becomes a space; control characters, bidirectional overrides and other invisible
    /// commands become visible; a mark without a letter gets a space to stand on, and marks that draw a frame around
    /// their letter, and so beyond the paper's edge, are left out.
    static func clean(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= maximumLength { return text }
        var cleaned = String.UnicodeScalarView()
        var (length, marks, hasBase) = (0, 0, false)
        for scalar in text.unicodeScalars {
            guard length < maximumLength else {
                cleaned.append("…")
                break
            }
            length += 1
            switch kind(of: scalar) {
            case .letter:
                (marks, hasBase) = (0, true)
                cleaned.append(scalar)
            case .space:
                (marks, hasBase) = (0, false)
                cleaned.append(" ")
            case .joiner:
                cleaned.append(scalar)
            case .frame:
                break
            case .command:
                (marks, hasBase) = (0, true)
                cleaned.append(replacement)
            case .mark:
                if !hasBase { cleaned.append("\u{A0}") }
                hasBase = true
                marks += 1
                if marks <= maximumMarks { cleaned.append(scalar) }
            }
        }
        return String(cleaned)
    }

    private enum Kind { case letter, space, joiner, mark, frame, command }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x21...0x7E, 0xA0: return .letter
        case 0x20, 0x09...0x0D, 0x85, 0x2028, 0x2029: return .space
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E: return .mark
        case 0x0E01...0x0E5B: return .letter
        case 0x200B...0x200D, 0x2060: return .joiner
        case 0xFE00...0xFE0F: return .mark
        default: break
        }
        // Unicode keeps them out of texts, and a PDF with one is refused.
        if scalar.properties.isNoncharacterCodePoint { return .command }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: return .command
        case .spaceSeparator: return .space
        case .nonspacingMark, .spacingMark: return .mark
        case .enclosingMark: return .frame
        default: return .letter
        }
    }
}
