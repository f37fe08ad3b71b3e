import Foundation

/// A day of the calendar, as the API writes it: `2021-01-19`.
struct CivilDay: Comparable {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// nil if there is no such day, or the text has another form.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), (1...Self.length(of: month, in: year)).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// In Bangkok.
    init(_ date: Date) {
        self = CivilDay(BangkokTime.text(date).prefix(10)) ?? CivilDay(year: 1970, month: 1, day: 1)
    }

    var text: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

    /// The same day so many months later, or that month's last.
    func adding(months: Int) -> CivilDay {
        let all = year * 12 + month - 1 + months
        let (newYear, newMonth) = (all / 12, all % 12 + 1)
        return CivilDay(
            year: newYear, month: newMonth, day: min(day, Self.length(of: newMonth, in: newYear)))
    }

    var dayBefore: CivilDay {
        if day > 1 { return CivilDay(year: year, month: month, day: day - 1) }
        return CivilDay(year: year, month: month, day: 31).adding(months: -1)
    }

    static func < (left: CivilDay, right: CivilDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
