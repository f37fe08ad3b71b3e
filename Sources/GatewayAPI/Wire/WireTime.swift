import Foundation

/// RFC 3339 in UTC with milliseconds.
enum WireTime {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Rounded to the millisecond: Foundation truncates, and turns 0.002 s, which no double holds exactly, into .001.
    static func text(_ date: Date) -> String { date.addingTimeInterval(0.000_5).formatted(style) }
    static func date(_ text: String) -> Date? { try? style.parse(text) }
}
