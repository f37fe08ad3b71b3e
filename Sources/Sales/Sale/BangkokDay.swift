public import struct Foundation.Date

/// A day of the calendar in Thailand, as papers show it. Thailand is at UTC+7 all year.
public struct BangkokDay: Sendable, Hashable, Comparable {
    public static let rule = "a day of the common era as YYYY-MM-DD, such as \"2026-11-20\" for 20/11/2569 on paper"

    private static let offset = 7.0 * 3_600
    private static let length = 24.0 * 3_600
    /// From this year on, a year can only be meant in the Buddhist era, 543 years ahead.
    private static let firstBuddhistYear = 2_400

    /// Days since 1 January 1970.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// The day on which a sale of this time was issued.
    public init(of date: Date) {
        // Within ten thousand years either way: no date can overflow.
        let seconds = min(max(date.timeIntervalSince1970, -3e11), 3e11)
        number = Int(((seconds + Self.offset) / Self.length).rounded(.down))
    }

    /// nil if the text is no such day.
    public init?(_ text: String) {
        var scanner = Timestamp.Scanner(rest: text.utf8[...])
        guard let date = scanner.date(), scanner.isAtEnd, date.year < Self.firstBuddhistYear else { return nil }
        number = date.daysSince1970
    }

    /// `2026-11-20`.
    public var text: String {
        let date = CivilDate(daysSince1970: number)
        func digits(_ value: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(value).count)) + String(value)
        }
        return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
    }

    public static func < (one: BangkokDay, other: BangkokDay) -> Bool { one.number < other.number }
}
