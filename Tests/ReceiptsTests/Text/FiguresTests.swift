import Testing

@testable import Receipts

@Suite struct FiguresTests {
    @Test(
        "amounts have thousands apart and two decimal places, more where they say something",
        arguments: [
            ("0", "0.00"), ("15", "15.00"), ("1234.5", "1,234.50"), ("-0.05", "-0.05"), ("0.125000", "0.125"),
            ("999999999999.999999", "999,999,999,999.999999"), ("-1000", "-1,000.00"), ("-0", "0.00"),
        ])
    func amounts(text: String, expected: String) throws {
        #expect(Figures.amount(try Samples.number(text)) == expected)
    }

    @Test(
        "quantities have no superfluous zeros",
        arguments: [("8", "8"), ("8.000", "8"), ("0.4550", "0.455"), ("1000", "1,000"), ("100", "100")])
    func quantities(text: String, expected: String) throws {
        #expect(Figures.quantity(try Samples.number(text)) == expected)
    }

    @Test("rates are percentages", arguments: [("0.07", "7%"), ("0.1", "10%"), ("0", "0%"), ("0.0725", "7.25%")])
    func rates(text: String, expected: String) throws {
        #expect(Figures.percent(try Samples.number(text)) == expected)
    }
}
