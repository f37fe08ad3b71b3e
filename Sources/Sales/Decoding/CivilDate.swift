/// A day of the Gregorian calendar that exists.
struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    /// A day within some thousand years of ours.
    init(daysSince1970 number: Int) {
        // 719,468 days lie between 1 March of the year 0 and 1 January 1970; 400 years have 146,097 days.
        let days = number + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        // Months are counted from March, which puts 29 February last.
        let march = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * march + 2) / 5 + 1
        month = march < 10 ? march + 3 : march - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    init?(year: Int, month: Int, day: Int) {
        guard year > 0, (1...12).contains(month), (1...Self.daysIn(month: month, of: year)).contains(day) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Years are counted from March, which puts 29 February last.
    var daysSince1970: Int {
        let marchYear = month > 2 ? year : year - 1
        let daysBeforeMonth = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        // 719,468 days lie between 1 March of the year 0 and 1 January 1970.
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + daysBeforeMonth + day - 1 - 719_468
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
