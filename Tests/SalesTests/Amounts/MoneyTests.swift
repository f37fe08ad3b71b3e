import Testing

@testable import Sales

@Suite struct MoneyTests {
    @Test(
        "amounts are written with two places, on paper with thousands apart",
        arguments: [
            (0, "0.00", "0.00"), (1, "0.01", "0.01"), (-1, "-0.01", "-0.01"), (100, "1.00", "1.00"),
            (99_999, "999.99", "999.99"), (100_000, "1000.00", "1,000.00"), (-123_450, "-1234.50", "-1,234.50"),
            (123_456_789, "1234567.89", "1,234,567.89"), (99_999_999_999_999, "999999999999.99", "999,999,999,999.99"),
        ] as [(Int64, String, String)])
    func spelling(satang: Int64, plain: String, grouped: String) {
        let money = Money(satang: satang)
        #expect(money.plain == plain)
        #expect(money.grouped == grouped)
    }

    @Test("amounts add, subtract and compare as integers do")
    func arithmetic() {
        #expect(Money(satang: 10) + Money(satang: 20) == Money(satang: 30))
        #expect(Money(satang: 10) - Money(satang: 20) == Money(satang: -10))
        #expect(Money(satang: -10) < Money.zero)
        #expect(!(Money.zero < Money.zero))
    }
}
