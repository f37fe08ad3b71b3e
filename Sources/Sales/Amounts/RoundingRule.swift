/// Where the amounts of a sale are rounded to the satang. Either way its paper adds up.
///
/// Half a satang is rounded up, and below zero it is rounded away from zero: 0.335 becomes 0.34 and -0.335 becomes -0.34, so
/// that a line and the discount that takes all of it back come to nothing.
public enum RoundingRule: String, Sendable, CaseIterable {
    /// Each line is rounded, and sums are sums of rounded lines.
    case line
    /// Sums are exact, and each total is rounded once.
    case total

    var other: RoundingRule {
        switch self {
        case .line: .total
        case .total: .line
        }
    }
}
