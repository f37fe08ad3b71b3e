public import Raster

/// One thing that stands on the paper, from the top down: what it says, not where.
public enum Block: Sendable, Equatable {
    /// A paragraph; it wraps where it is longer than the paper is wide, and keeps the lines that it was written in.
    case text(String, TextRole, TextAlignment)
    /// Two texts on one line, or below each other where they find no room on it; their own line breaks are spaces.
    case columns(left: String, right: String, TextRole)
    /// Something and its amount.
    case amount(AmountRow)
    case rule(Rule)
    case space(Space)
    /// Lines that must not be overlooked.
    case banner([String], Banner)
    /// A picture in the middle; what is wider than the paper is cut off at both sides.
    case image(Bitmap)
    /// A link as a QR code in the middle.
    case qr(String)

    public enum Rule: Sendable, Equatable { case solid, dashed }
    public enum Space: Sendable, Equatable { case small, medium }
    public enum Banner: Sendable, Equatable { case reversed, boxed }
}

/// What a text is on the paper, from which follow its size and weight.
public enum TextRole: Sendable, Equatable {
    /// What kind of paper this is.
    case title
    /// The shop's name.
    case heading
    /// The amount to pay.
    case total
    case body
    /// Body, bold.
    case strong
    case small
}

public enum TextAlignment: Sendable, Equatable { case left, center, right }
