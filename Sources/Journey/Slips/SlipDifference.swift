/// In what a slip differs from what was to be paid.
public struct SlipDifference: Sendable, Equatable {
    public enum Check: String, Sendable, CaseIterable {
        case amount, date, account
        /// The same slip was shown before, for another sale.
        case seenBefore = "seen-before"
    }

    public let check: Check
    /// Empty where nothing could be expected. The shop's accounts show their last four digits.
    public let expected: String
    /// As the service read it; empty if it read nothing. For a slip that was seen before: the other sale.
    public let found: String

    public init(_ check: Check, expected: String, found: String) {
        self.check = check
        self.expected = expected
        self.found = found
    }

    /// Whether it speaks against the slip: a day that nobody can read speaks for nothing.
    public var contradicts: Bool { check != .date || SlipDay.day(found) != nil }
}
