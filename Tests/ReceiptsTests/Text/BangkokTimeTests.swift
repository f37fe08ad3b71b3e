import Foundation
import Sales
import Testing

@testable import Receipts

@Suite(.serialized) struct BangkokTimeTests {
    @Test(
        "times are Bangkok's, in the years of either era",
        arguments: [
            ("2026-11-20T03:15:00Z", "20/11/2569 10:15", "20/11/2026 10:15"),
            ("2023-11-30T17:00:00Z", "01/12/2566 00:00", "01/12/2023 00:00"),
            ("2023-11-30T16:59:59Z", "30/11/2566 23:59", "30/11/2023 23:59"),
            ("2024-02-28T17:00:00Z", "29/02/2567 00:00", "29/02/2024 00:00"),
            ("2025-12-31T17:00:00Z", "01/01/2569 00:00", "01/01/2026 00:00"),
            ("1969-12-31T16:59:00Z", "31/12/2512 23:59", "31/12/1969 23:59"),
            ("2100-02-28T17:00:00Z", "01/03/2643 00:00", "01/03/2100 00:00"),
            ("2000-02-29T12:00:00Z", "29/02/2543 19:00", "29/02/2000 19:00"),
        ])
    func times(instant: String, buddhist: String, common: String) throws {
        let date = try Date(instant, strategy: .iso8601)
        #expect(BangkokTime.text(date, era: .buddhist) == buddhist)
        #expect(BangkokTime.text(date, era: .common) == common)
    }

    @Test("every day of 150 years is the one that Foundation's calendar has") func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 7 * 3600))
        for day in stride(from: -10_000, through: 45_000, by: 13) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 40_000)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
            let expected = String(
                format: "%02d/%02d/%d %02d:%02d", parts.day ?? 0, parts.month ?? 0, parts.year ?? 0, parts.hour ?? 0,
                parts.minute ?? 0)
            #expect(BangkokTime.text(date, era: .common) == expected)
        }
    }

    @Test("the machine's zone does not matter", arguments: ["America/New_York", "Pacific/Kiritimati", "UTC"])
    func zones(name: String) throws {
        let before = NSTimeZone.default
        defer { NSTimeZone.default = before }
        NSTimeZone.default = try #require(TimeZone(identifier: name))
        #expect(BangkokTime.text(Samples.morning, era: .buddhist) == "20/11/2569 10:15")
    }

    @Test(
        "a day has no time",
        arguments: [("2026-12-20", "20/12/2569", "20/12/2026"), ("2028-02-29", "29/02/2571", "29/02/2028")])
    func days(text: String, buddhist: String, common: String) throws {
        let day = try #require(BangkokDay(text))
        #expect(BangkokTime.text(day, era: .buddhist) == buddhist)
        #expect(BangkokTime.text(day, era: .common) == common)
    }

    @Test("no date can crash the paper", arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e18])
    func absurd(seconds: Double) {
        #expect(!BangkokTime.text(Date(timeIntervalSince1970: seconds), era: .buddhist).isEmpty)
    }
}
