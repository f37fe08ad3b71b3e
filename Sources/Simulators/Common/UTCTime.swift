import Foundation

/// The two formats in which a server writes the time: the `Date` header's and the API's. Both in UTC, in whole seconds.
enum UTCTime {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Fri, 20 Nov 2026 03:15:00 GMT` (RFC 9110 section 5.6.7).
    static func header(_ date: Date) -> String {
        let time = Parts(date)
        let day = days[((time.dayNumber % 7) + 7) % 7]
        return "\(day), \(two(time.day)) \(months[time.month - 1]) \(four(time.year)) \(time.clock) GMT"
    }

    /// `2026-11-20T03:15:00Z`.
    static func timestamp(_ date: Date) -> String {
        let time = Parts(date)
        return "\(four(time.year))-\(two(time.month))-\(two(time.day))T\(time.clock)Z"
    }

    /// The days from 1970-01-01 to a date of the Gregorian calendar.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        // As below: cycles of 400 years that begin on 1 March.
        let shifted = month <= 2 ? year - 1 : year
        let cycle = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfCycle = shifted - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func four(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }

    private struct Parts {
        let dayNumber: Int
        let year: Int
        let month: Int
        let day: Int
        let clock: String

        init(_ date: Date) {
            // Years 1 to 9999; a clock beyond that is shown at the limit.
            let seconds = Int(min(max(date.timeIntervalSince1970.rounded(.down), -62_135_596_800), 253_402_300_799))
            dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
            let rest = seconds - dayNumber * 86_400
            clock = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
            // The Gregorian calendar in cycles of 400 years that begin on 1 March, which puts the leap day last.
            let shifted = dayNumber + 719_468
            let cycle = shifted / 146_097
            let dayOfCycle = shifted - cycle * 146_097
            let yearOfCycle =
                (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
            let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
            let monthFromMarch = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
            month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
            year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
        }
    }
}
