public import Foundation

/// ISO-8601 timestamps with an offset or Z. Foundation's reader rolls 30 February over and ignores what follows the
/// offset. So this one checks format and ranges, and computes the rest.
public enum Timestamp {
    static let rule = "an ISO-8601 timestamp with an offset or Z, such as \"2026-11-20T10:15:00+07:00\""

    /// `YYYY-MM-DDThh:mm[:ss[.fraction]](Z|±hh[[:]mm])`.
    public static func parse(_ text: String) -> Date? {
        var scanner = Scanner(rest: text.utf8[...])
        guard let date = scanner.date(), scanner.take("T"), let hour = scanner.digits(2), scanner.take(":"),
            let minute = scanner.digits(2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        var milliseconds = 0
        if scanner.take(":") {
            guard let seconds = scanner.digits(2), seconds < 60 else { return nil }
            second = seconds
            if scanner.take(".") || scanner.take(",") {
                guard let digits = scanner.fraction() else { return nil }
                milliseconds = digits
            }
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let seconds = ((date.daysSince1970 * 24 + hour) * 60 + minute) * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + Double(milliseconds) / 1_000)
    }

    struct Scanner {
        var rest: Substring.UTF8View

        var isAtEnd: Bool { rest.isEmpty }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
            rest = rest.dropFirst(count)
            return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        }

        /// `YYYY-MM-DD`.
        mutating func date() -> CivilDate? {
            guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2) else {
                return nil
            }
            return CivilDate(year: year, month: month, day: day)
        }

        /// Milliseconds; the rest is cut off.
        mutating func fraction() -> Int? {
            let digits = rest.prefix(while: Self.isDigit)
            guard (1...9).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            let thousandths = digits.prefix(3).reduce(0) { $0 * 10 + Int($1) - 48 }
            return thousandths * [100, 10, 1][min(digits.count, 3) - 1]
        }

        /// Seconds east of Greenwich.
        mutating func offset() -> Int? {
            if take("Z") { return 0 }
            let isEast = take("+")
            guard isEast || take("-"), let hours = digits(2), hours < 24 else { return nil }
            var minutes = 0
            let hasColon = take(":")
            if hasColon || !isAtEnd {
                guard let written = digits(2), written < 60 else { return nil }
                minutes = written
            }
            return (isEast ? 1 : -1) * (hours * 3_600 + minutes * 60)
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    }
}
