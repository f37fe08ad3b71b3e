import Testing

@testable import Sales

@Suite struct DecimalNumberTests {
    @Test(
        "decimals are exact to six places",
        arguments: [
            ("0", 0), ("-0", 0), ("15", 15_000_000), ("-0.5", -500_000), ("0.000001", 1), ("1.10", 1_100_000),
            ("999999999999.999999", 999_999_999_999_999_999), ("-999999999999.999999", -999_999_999_999_999_999),
        ] as [(String, Int64)])
    func accepted(text: String, millionths: Int64) throws {
        let number = try #require(DecimalNumber(text))
        #expect(number.millionths == millionths)
        #expect(number.text == text)
        #expect(number.isNegative == (millionths < 0))
    }

    @Test(
        "everything else is refused",
        arguments: [
            "", "-", ".", "-.5", ".5", "5.", "00", "01", "-01", "+1", "--1", "1.2.3", "1,000", "1e3", "0x1", " 1", "1 ",
            "1\n", "1.0000001", "1000000000000", "-1000000000000", "๑", "１", "1.๕", "NaN", "1_000", "1-", "1\u{301}",
        ])
    func refused(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test("a value is the same whatever its spelling, a number as given is not")
    func spelling() throws {
        let (short, long, other) = try (
            #require(DecimalNumber("15")), #require(DecimalNumber("15.00")), #require(DecimalNumber("15.01"))
        )
        #expect(short.hasSameValue(as: long))
        #expect(short != long)
        #expect(!short.hasSameValue(as: other))
    }
}
