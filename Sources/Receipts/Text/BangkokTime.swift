import struct Foundation.Date
import struct Sales.BangkokDay

/// The time of the shop's wall clock. Thailand is at UTC+7 all year, so neither the machine's zone nor its zone tables
/// matter.
enum BangkokTime {
    /// `20/11/2569 10:15`.
    static func text(_ date: Date, era: ReceiptStyle.Era) -> String {
        // Within ten thousand years either way: no date can overflow.
        let seconds = min(max(date.timeIntervalSince1970, -3e11), 3e11)
        guard !seconds.isNaN else { return "-" }
        let minutes = (Int(seconds.rounded(.down)) + 7 * 3600).flooredQuotient(60)
        let days = minutes.flooredQuotient(24 * 60)
        let minuteOfDay = minutes - days * 24 * 60
        return "\(text(days, era)) \(two(minuteOfDay / 60)):\(two(minuteOfDay % 60))"
    }

    /// `20/11/2569`.
    static func text(_ day: BangkokDay, era: ReceiptStyle.Era) -> String { text(day.number, era) }

    /// - Parameter days: since 1 January 1970.
    private static func text(_ days: Int, _ era: ReceiptStyle.Era) -> String {
        let (year, month, day) = civil(days)
        return "\(two(day))/\(two(month))/\(era == .buddhist ? year + 543 : year)"
    }

    /// The Gregorian date of a number of days after 1 January 1970. Years are counted from March, which makes a leap
    /// day their last day; 400 of them are 146,097 days.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468  // since 1 March of the year 0
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}

extension Int {
    fileprivate func flooredQuotient(_ divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
