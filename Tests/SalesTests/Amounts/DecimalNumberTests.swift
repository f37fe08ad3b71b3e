import JSON
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

    @Test(
        "a sum has the places of the longer one, and nil if it is too large",
        arguments: [
            ("8", "8", "16"), ("1.50", "2", "3.50"), ("0.000001", "-0.000001", "0.000000"), ("-1.5", "0.25", "-1.25"),
            ("999999999999", "1", nil), ("999999999999.999999", "999999999999.999999", nil), ("-0.5", "-0.5", "-1.0"),
        ])
    func sum(one: String, other: String, expected: String?) throws {
        let sum = try #require(DecimalNumber(one)).adding(try #require(DecimalNumber(other)))
        #expect(sum?.text == expected)
    }

    @Test("its digits are a JSON number as they are", arguments: ["15.00", "-0.50", "999999999999.999999", "0"])
    func json(text: String) throws {
        let value = JSONValue.number(JSONNumber(try #require(DecimalNumber(text))))
        #expect(value.text == text)
        #expect(try JSONParser.parse(value.bytes) == value)
    }
}
