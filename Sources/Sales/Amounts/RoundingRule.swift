/// Where the amounts of a sale are rounded to the satang. Either way its paper adds up.
///
/// Half a satang is rounded up, and below zero away from zero: 0.335 becomes 0.34 and -0.335 becomes -0.34. So a line
/// and a discount of its whole amount add up to zero.
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
