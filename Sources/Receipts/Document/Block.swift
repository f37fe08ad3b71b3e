public import Raster

/// One thing on the paper, in order from the top: what it says, not where.
public enum Block: Sendable, Equatable {
    /// A paragraph. It wraps if it is longer than the paper is wide, and keeps its own line breaks.
    case text(String, TextRole, TextAlignment)
    /// Two texts on one line, or below each other if they do not fit on it; their own line breaks are spaces.
    case columns(left: String, right: String, TextRole)
    /// Something and its amount.
    case amount(AmountRow)
    case rule(Rule)
    case space(Space)
    /// Lines that a reader must not overlook.
    case banner([String], Banner)
    /// A picture in the middle. A picture wider than the paper is cut off at both sides.
    case image(Bitmap)
    /// A link as a QR code in the middle.
    case qr(String)

    public enum Rule: Sendable, Equatable { case solid, dashed }
    public enum Space: Sendable, Equatable { case small, medium }
    public enum Banner: Sendable, Equatable { case reversed, boxed }
}

/// The role of a text on the paper, which decides its size and weight.
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
