/// Distinguishes a further paper of a sale from its one original.
public enum PaperMark: Sendable, Equatable {
    /// The original.
    case none
    /// A copy that somebody asked for, counted from 1.
    case copy(number: Int)
    /// The original once more, because it is not known whether the first came out.
    case reprint
}
