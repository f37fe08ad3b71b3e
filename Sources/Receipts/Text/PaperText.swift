import Sales

/// Text from outside made fit for paper: read in the order in which it is written, each line where it belongs.
enum PaperText {
    /// Longer texts end in an ellipsis.
    static let maximumLength = 2_000
    /// More combining marks than this on one letter would grow into its neighbours; no living spelling needs them.
    static let maximumMarks = 4
    /// One text has no more lines of its own than this; further line breaks are spaces.
    static let maximumLines = 20
    /// Stands for what must not be obeyed, and for what no font can draw, so that it can be seen.
    static let replacement: Unicode.Scalar = "\u{FFFD}"
    /// Ends a line without ending the paragraph, so that what follows stands in as after any other line end.
    static let lineBreak: Unicode.Scalar = "\u{2028}"

    /// Every character as ``ScalarUse`` says: line breaks stay, at most one empty line after another; white space of every kind
    /// and length becomes one space, and none at the ends of lines; what only formats is kept where it is obeyed and left out
    /// where not; control characters become visible; a mark without a letter gets a space to stand on, and marks that draw a
    /// frame around their letter, and so beyond the paper's edge, are left out.
    static func clean(_ text: String) -> String {
        if isPlain(text) { return text }
        var cleaner = TextCleaner()
        for scalar in text.unicodeScalars where cleaner.hasRoom { cleaner.take(scalar) }
        return cleaner.text
    }

    /// The same on one line: line breaks are spaces.
    static func line(_ text: String) -> String {
        clean(String(String.UnicodeScalarView(text.unicodeScalars.map { ScalarUse($0) == .lineBreak ? " " : $0 })))
    }

    /// Whether a text is clean as it stands: printable ASCII, its spaces single and between words.
    private static func isPlain(_ text: String) -> Bool {
        guard text.utf8.count <= maximumLength else { return false }
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20...0x7E).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return previous != 0x20 || text.isEmpty
    }
}

/// Takes a text scalar by scalar and gives it as paper shows it.
private struct TextCleaner {
    private var cleaned = String.UnicodeScalarView()
    private var length = 0
    private var marks = 0
    /// Whether there is something for a mark to stand on, whether it is an emoji that has colours, and whether it is plain ASCII.
    private var (hasBase, isTintable, isASCII) = (false, false, false)
    /// White space and line breaks that were met and have nothing behind them yet.
    private var gap: Unicode.Scalar?
    private var breaks = 0
    private var lines = 1
    private var afterReturn = false
    private(set) var hasRoom = true

    var text: String { String(cleaned) }

    mutating func take(_ scalar: Unicode.Scalar) {
        let isEndOfReturn = afterReturn && scalar == "\n"
        afterReturn = scalar == "\r"
        switch ScalarUse(scalar) {
        case .drawn:
            append(scalar)
            (marks, hasBase, isASCII) = (0, true, scalar.isASCII)
            isTintable = !isASCII && scalar.properties.isEmojiModifierBase
        case .command:
            append(PaperText.replacement)
            (marks, hasBase, isTintable) = (0, true, false)
        case .mark:
            marks += 1
            if !hasBase { append("\u{A0}") }
            hasBase = true
            if marks <= PaperText.maximumMarks { append(scalar) }
        case .space: separate(" ")
        case .firmSpace: separate(gap ?? "\u{A0}")
        case .lineBreak: if !isEndOfReturn { breakLine() }
        // Before anything else on its line it has nothing to join or to part.
        case .joiner: if hasBase || gap != nil { append(scalar, closingGap: false) }
        // A digit is an emoji only with the frame of a key around it, which is left out.
        case .variation: if hasBase && !isASCII { append(scalar) }
        // Paper is black and white: the colour of an emoji is left out, by itself it is drawn.
        case .tint:
            if !isTintable { append(scalar) }
            (marks, hasBase) = (0, true)
        case .frame, .dropped: break
        }
    }

    private mutating func separate(_ space: Unicode.Scalar) {
        gap = space
        (marks, hasBase, isTintable) = (0, false, false)
    }

    private mutating func breakLine() {
        if lines + breaks < PaperText.maximumLines { breaks += 1 } else { gap = " " }
        (marks, hasBase, isTintable) = (0, false, false)
    }

    private mutating func append(_ scalar: Unicode.Scalar, closingGap: Bool = true) {
        if closingGap { closeGap() }
        guard length < PaperText.maximumLength else {
            if hasRoom { cleaned.append("…") }
            hasRoom = false
            return
        }
        length += 1
        cleaned.append(scalar)
    }

    private mutating func closeGap() {
        defer { (gap, breaks) = (nil, 0) }
        // Nothing stands before the first letter.
        guard !cleaned.isEmpty else { return }
        if breaks > 0 {
            for _ in 0..<min(breaks, 2) { append(PaperText.lineBreak, closingGap: false) }
            lines += min(breaks, 2)
        } else if let gap {
            append(gap, closingGap: false)
        }
    }
}
