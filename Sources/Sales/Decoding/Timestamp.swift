import Foundation

/// ISO-8601 timestamps with an offset or Z. Foundation computes the date; it rolls 30 February over and ignores what
/// follows the offset, so the shape and the ranges are checked here first.
enum Timestamp {
    static let rule = "an ISO-8601 timestamp with an offset or Z, such as \"2026-11-20T10:15:00+07:00\""

    /// `YYYY-MM-DDThh:mm[:ss[.fraction]](Z|±hh[[:]mm])`.
    static func parse(_ text: String) -> Date? {
        var scanner = Scanner(rest: text.utf8[...])
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2), scanner.take("T"), let hour = scanner.digits(2), scanner.take(":"),
            let minute = scanner.digits(2), year > 0, (1...12).contains(month), hour < 24, minute < 60,
            (1...daysIn(month: month, of: year)).contains(day)
        else { return nil }
        var second = 0
        var fraction = ""
        if scanner.take(":") {
            guard let seconds = scanner.digits(2), seconds < 60 else { return nil }
            second = seconds
            if scanner.take(".") || scanner.take(",") {
                guard let digits = scanner.fraction() else { return nil }
                fraction = digits
            }
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let whole = "\(text.prefix(16)):\(second < 10 ? "0" : "")\(second)Z"
        guard let date = try? Date.ISO8601FormatStyle().parse(whole) else { return nil }
        let milliseconds = Double(Int(fraction.padding(toLength: 3, withPad: "0", startingAt: 0)) ?? 0)
        return date.addingTimeInterval(milliseconds / 1_000 - Double(offset))
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Scanner {
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

        mutating func fraction() -> String? {
            let digits = rest.prefix(while: Self.isDigit)
            guard (1...9).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            return String(Substring(digits))
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
