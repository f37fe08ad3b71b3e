import Foundation
import Testing

@testable import Sales

@Suite struct TimestampTests {
    @Test(
        "timestamps with an offset or Z are read to the millisecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2023-11-30T17:00:00Z", 1_701_363_600),
            ("2026-11-20T10:15:00+07:00", 1_795_144_500), ("2026-11-20T10:15:00+0700", 1_795_144_500),
            ("2026-11-20T10:15:00+07", 1_795_144_500), ("2026-11-20T10:15+07:00", 1_795_144_500),
            ("2026-11-20T03:15:00-00:00", 1_795_144_500), ("2026-11-19T22:45:00-04:30", 1_795_144_500),
            ("2026-11-20T03:15:00.5Z", 1_795_144_500.5), ("2026-11-20T03:15:00,250Z", 1_795_144_500.25),
            ("2026-11-20T03:15:00.123456789Z", 1_795_144_500.123), ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2000-02-29T00:00:00Z", 951_782_400), ("1969-12-31T23:59:59Z", -1),
        ] as [(String, TimeInterval)])
    func accepted(text: String, seconds: TimeInterval) throws {
        let date = try #require(Timestamp.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_01)
    }

    @Test("every day of 500 years, and two days of each Gregorian year, are what Foundation makes of them")
    func calendar() throws {
        var days = (1_583...9_999).flatMap { [($0, 3, 1), ($0, 12, 31)] }
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for year in 1_700..<2_200 {
            for (month, length) in lengths.enumerated() { days += (1...length).map { (year, month + 1, $0) } }
        }
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: width - String(number).count) + String(number)
        }
        for (year, month, day) in days {
            let text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T10:15:07Z"
            let expected = try Date.ISO8601FormatStyle().parse(text)
            let date = Timestamp.parse(text)
            if date != expected { Issue.record("\(text) was read as \(String(describing: date)), not \(expected)") }
        }
    }

    @Test(
        "what has no offset, does not exist, or is something else is refused",
        arguments: [
            "", "2026-11-20", "2026-11-20T10:15:00", "2026-11-20 10:15:00Z", "2026-11-20T10:15:00 Z",
            "2026-11-20T10:15:00+7:00", "2026-11-20T10:15:00+07:0", "2026-11-20T10:15:00+07:",
            "2026-11-20T10:15:00+24:00",
            "2026-11-20T10:15:00+07:60", "2026-11-20T10:15:00ZZ", "2026-11-20T10:15:00Z+07:00", "2026-11-20T10Z",
            "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-11-00T00:00:00Z", "0000-01-01T00:00:00Z",
            "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z", "2016-12-31T23:59:60Z", "2026-11-20T10:15:00.Z",
            "2026-11-20T10:15:00.1234567890Z", "26-11-20T10:15:00Z", "20261120T101500Z", "-2026-11-20T10:15:00Z",
            "2026-11-20T10:15:00+07:00\n", "๒๐๒๖-11-20T10:15:00Z", "1795144500", "2026-11-20T10:15\u{301}:00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }
}
