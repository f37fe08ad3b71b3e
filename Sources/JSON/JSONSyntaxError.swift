/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in characters (Unicode scalars).
    public let column: Int
    /// What was found and what was expected.
    public let detail: String

    public var description: String { "line \(line), column \(column): \(detail)" }
}
