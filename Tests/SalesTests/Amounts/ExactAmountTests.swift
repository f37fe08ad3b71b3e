import Testing

@testable import Sales

@Suite struct ExactAmountTests {
    private static func product(_ price: String, _ quantity: String) throws -> ExactAmount {
        ExactAmount(try #require(DecimalNumber(price)), times: try #require(DecimalNumber(quantity)))
    }

    @Test(
        "an amount is shown with two places, and with as many more as it has",
        arguments: [
            ("15", "8", "120.00"), ("3.80", "0.575", "2.185"), ("0.335", "1", "0.335"), ("0.3350", "1", "0.335"),
            ("0.123456", "0.123456", "0.015241383936"), ("1234567.5", "1", "1,234,567.50"), ("-0.335", "1", "-0.335"),
            ("0.000001", "0.000001", "0.000000000001"), ("-0", "1", "0.00"), ("1000", "1000", "1,000,000.00"),
            ("999999999999.999999", "1", "999,999,999,999.999999"),
        ])
    func grouped(price: String, quantity: String, expected: String) throws {
        #expect(try Self.product(price, quantity).grouped == expected)
    }

    @Test(
        "half a satang goes up, and below zero away from zero",
        arguments: [
            ("0.005", "0.01"), ("0.004999", "0.00"), ("-0.005", "-0.01"), ("-0.004999", "0.00"), ("2.185", "2.19"),
            ("2.175", "2.18"), ("-2.185", "-2.19"), ("1.994999", "1.99"), ("1.995", "2.00"),
        ])
    func rounded(price: String, expected: String) throws {
        let amount = try Self.product(price, "1")
        #expect(amount.rounded.grouped == expected)
        #expect(amount.money.map { ExactAmount($0) } == amount.rounded)
    }

    @Test("what is beyond the range of money has none, and still can be rounded")
    func range() throws {
        let amount = try Self.product("999999999999.999999", "999999999999.999999")
        #expect(amount.money == nil)
        #expect(amount.rounded.grouped == "999,999,999,999,999,998,000,000.00")
        #expect(try Self.product("-999999999999.999999", "999999999999.999999").money == nil)
        #expect(try Self.product("999999999999.994999", "1").money == .maximum)
    }

    @Test(
        "a decimal is read as others write it",
        arguments: [
            ("90.0", "90.00"), ("90", "90.00"), ("0090.10000000000000", "90.10"), ("-0.005", "-0.005"),
            ("-0.0", "0.00"),
            ("0.000000000001", "0.000000000001"), ("999999999999.99", "999,999,999,999.99"),
        ])
    func read(text: String, expected: String) throws {
        #expect(try #require(ExactAmount(text)).grouped == expected)
    }

    @Test(
        "what is no plain decimal is not read as one",
        arguments: [
            "", "-", ".", "1.", ".5", "1e3", "+1", "1,000", " 1", "1.0.0", "--1", "NaN", "๑", "1000000000000",
            "0.0000000000001",
        ])
    func unreadable(text: String) {
        #expect(ExactAmount(text) == nil)
    }

    @Test("amounts of any origin are the same where they are")
    func equality() throws {
        #expect(ExactAmount(Money(satang: 335)) == ExactAmount(try #require(DecimalNumber("3.350"))))
        #expect(try Self.product("0.335", "10") == ExactAmount(Money(satang: 335)))
        #expect(try Self.product("0.335", "1") != ExactAmount(Money(satang: 33)))
    }

    @Test("amounts are compared, negated and taken off one another exactly")
    func arithmetic() throws {
        let (large, small) = (try Self.product("999999999999.99", "1"), try Self.product("0.000001", "0.000001"))
        #expect((large - small).plain == "999999999999.989999999999")
        #expect(-(small - large) == large - small && small < large && -large < -small)
        #expect((small - large).isNegative && !ExactAmount.zero.isNegative && large - large == .zero)
    }

    @Test(
        "digits are counted without zeros at either end",
        arguments: [("0", 0), ("-0.00", 0), ("1500", 2), ("0.0150", 2), ("-12.5", 3), ("100000000000.000001", 18)])
    func significantDigits(text: String, count: Int) throws {
        let number = try #require(DecimalNumber(text))
        #expect(number.significantDigits == count && ExactAmount(number).significantDigits == count)
    }
}
