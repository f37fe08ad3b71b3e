import struct Foundation.Date

/// The clock on the shop's wall. Thailand is at UTC+7 the year round, so neither the machine's zone nor its zone
/// tables matter.
enum BangkokTime {
    /// `20/11/2569 10:15`.
    static func text(_ date: Date, era: ReceiptStyle.Era) -> String {
        // Within ten thousand years either way, so that no date can overflow.
        let seconds = min(max(date.timeIntervalSince1970, -3e11), 3e11)
        guard !seconds.isNaN else { return "-" }
        let minutes = (Int(seconds.rounded(.down)) + 7 * 3600).flooredQuotient(60)
        let days = minutes.flooredQuotient(24 * 60)
        let minuteOfDay = minutes - days * 24 * 60
        let (year, month, day) = civil(days)
        let shown = era == .buddhist ? year + 543 : year
        return "\(two(day))/\(two(month))/\(shown) \(two(minuteOfDay / 60)):\(two(minuteOfDay % 60))"
    }

    /// The Gregorian date so many days after 1 January 1970. Years are counted from March, so that a leap day is their
    /// last; 400 of them are 146,097 days.
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
