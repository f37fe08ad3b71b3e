import Testing

@testable import Sales

@Suite struct DurationTextTests {
    @Test(
        "a duration is a count and a unit",
        arguments: [
            ("300ms", .milliseconds(300)), ("5s", .seconds(5)), ("0s", .zero), ("2m", .seconds(120)),
            ("12h", .seconds(43_200)), ("30d", .seconds(2_592_000)), ("007s", .seconds(7)),
            ("999999999s", .seconds(999_999_999)),
        ] as [(String, Duration)])
    func accepted(text: String, expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test("a year is never counted shorter than any five calendar years may be")
    func years() throws {
        // Five years with two leap days, the longest there are.
        #expect(try #require(DurationText.parse("5y")) >= .seconds((5 * 365 + 2) * 86_400))
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "5", "s", "5 s", " 5s", "5s ", "-5s", "+5s", "1.5s", "5S", "5min", "1h30m", "1000000000s", "๕s", "5M",
            "5µs",
        ])
    func refused(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
