import Foundation

/// The clock on the wall in Bangkok, as the API writes it: `2021-01-19 13:00:00`.
enum BangkokTime {
    static func text(_ date: Date) -> String {
        String(UTCTime.timestamp(date.addingTimeInterval(7 * 3600)).dropLast().map { $0 == "T" ? " " : $0 })
    }

    /// Whether a text is one, by the pattern of the page and the calendar.
    static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, CivilDay(parts[0]) != nil else { return false }
        return isClock(parts[1])
    }

    private static func isClock(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2, 2] else { return false }
        return zip(parts, [23, 59, 59]).allSatisfy { part, most in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int(part).map { $0 <= most } ?? false
        }
    }
}
