import Foundation
import Testing

@testable import Sales

@Suite struct BangkokDayTests {
    @Test(
        "a day is read as it is written in the common era",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2026-11-20", 20_777), ("2024-02-29", 19_782),
            ("1583-01-01", -141_349),
            ("2399-12-31", 157_053),
        ])
    func read(text: String, number: Int) throws {
        #expect(try #require(BangkokDay(text)).number == number)
    }

    @Test(
        "what is no day of the common era is refused",
        arguments: [
            "", "today", "2026-02-29", "2026-11-31", "2026-00-10", "2026-13-01", "0000-01-01", "2569-11-20",
            "2400-01-01",
            "9999-12-31", "26-11-20", "2026-11-20 ", " 2026-11-20", "2026-11-20T10:15", "20/11/2569", "20261120",
            "2026-1-2",
            "๒๐๒๖-๑๑-๒๐", "-026-11-20", "+026-11-20",
        ])
    func refused(text: String) {
        #expect(BangkokDay(text) == nil)
    }

    @Test(
        "a day begins at midnight in Thailand, wherever the time was written",
        arguments: [
            ("2026-11-20T00:00:00+07:00", "2026-11-20"), ("2026-11-19T23:59:59.999+07:00", "2026-11-19"),
            ("2026-11-19T17:00:00Z", "2026-11-20"), ("2026-11-19T16:59:59Z", "2026-11-19"),
            ("2026-11-19T12:00:00-05:00", "2026-11-20"), ("1970-01-01T06:59:00+07:00", "1970-01-01"),
            ("1969-12-31T16:59:59.999Z", "1969-12-31"), ("1583-01-01T00:00:00+07:00", "1583-01-01"),
        ])
    func ofTime(text: String, day: String) throws {
        let time = try #require(Timestamp.parse(text))
        #expect(BangkokDay(of: time) == BangkokDay(day))
    }

    @Test("every time of four years is on the day that Foundation's calendar gives it")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 7 * 3_600))
        let begin = try #require(Timestamp.parse("2023-12-30T00:00:00Z"))
        for step in 0..<(4 * 366 * 4) {
            // Six hours and a bit, so that all hours come.
            let time = begin.addingTimeInterval(Double(step) * 21_661)
            let parts = calendar.dateComponents([.year, .month, .day], from: time)
            let text = [parts.year, parts.month, parts.day].map { part in
                let digits = String(part ?? 0)
                return digits.count < 2 ? "0" + digits : digits
            }.joined(separator: "-")
            #expect(BangkokDay(of: time) == BangkokDay(text), "\(time)")
        }
    }

    @Test("a day is written as it is read")
    func written() throws {
        for number in stride(from: -141_349, through: 157_053, by: 1) {
            let day = BangkokDay(of: Date(timeIntervalSince1970: Double(number) * 86_400))
            guard day.number == number, BangkokDay(day.text) == day else {
                Issue.record("day \(number) is written \(day.text)")
                return
            }
        }
        #expect(BangkokDay("2024-02-29")?.text == "2024-02-29")
    }
}
