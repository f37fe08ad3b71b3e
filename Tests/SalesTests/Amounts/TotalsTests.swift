import Foundation
import Testing

@testable import Sales

@Suite struct TotalsTests {
    struct Row: Sendable {
        let lines: [(price: String, quantity: String, vatable: Bool)]
        let vatIncluded: Bool
        let rate: String
        /// total, vatable, exempt, vat, net
        let expected: [String]
    }

    @Test(
        "where only totals are rounded, sums are exact and rounded once, half up",
        arguments: [
            Row(
                lines: [("15", "8", true), ("6", "10", true), ("220", "1", false)], vatIncluded: false, rate: "0.07",
                expected: ["412.60", "192.60", "220.00", "12.60", "180.00"]),
            Row(
                lines: [("15", "8", true)], vatIncluded: true, rate: "0.07",
                expected: ["120.00", "120.00", "0.00", "7.85", "112.15"]),
            Row(
                lines: [("107", "1", true)], vatIncluded: true, rate: "0.07",
                expected: ["107.00", "107.00", "0.00", "7.00", "100.00"]),
            Row(
                lines: [("220", "1", false)], vatIncluded: true, rate: "0.07",
                expected: ["220.00", "0.00", "220.00", "0.00", "0.00"]),
            Row(
                lines: [("0.50", "1", true)], vatIncluded: false, rate: "0.07",
                expected: ["0.54", "0.54", "0.00", "0.04", "0.50"]),
            // Half a satang goes up, what is less goes down.
            Row(
                lines: [("0.005", "1", false)], vatIncluded: true, rate: "0.07",
                expected: ["0.01", "0.00", "0.01", "0.00", "0.00"]),
            Row(
                lines: [("0.004999", "1", false)], vatIncluded: true, rate: "0.07",
                expected: ["0.00", "0.00", "0.00", "0.00", "0.00"]),
            Row(
                lines: [("1.005", "1", true)], vatIncluded: false, rate: "0.5",
                expected: ["1.52", "1.52", "0.00", "0.51", "1.01"]),
            // VAT of half a satang.
            Row(
                lines: [("0.05", "1", true)], vatIncluded: false, rate: "0.1",
                expected: ["0.06", "0.06", "0.00", "0.01", "0.05"]),
            Row(
                lines: [("0.01", "1", true)], vatIncluded: true, rate: "1",
                expected: ["0.01", "0.01", "0.00", "0.01", "0.00"]),
            // Rounded once for the whole and not once a line: three times 0.333 are 1.00, not 0.99.
            Row(
                lines: [("0.333", "1", false), ("0.333", "1", false), ("0.334", "1", false)], vatIncluded: true,
                rate: "0.07", expected: ["1.00", "0.00", "1.00", "0.00", "0.00"]),
            // The parts add up to the total also where each alone would be rounded up.
            Row(
                lines: [("0.005", "1", true), ("0.005", "1", false)], vatIncluded: true, rate: "0.07",
                expected: ["0.01", "0.01", "0.00", "0.00", "0.01"]),
            Row(
                lines: [("100", "1", true), ("-30", "1", true)], vatIncluded: true, rate: "0.07",
                expected: ["70.00", "70.00", "0.00", "4.58", "65.42"]),
            Row(
                lines: [("0.000001", "0.000001", true)], vatIncluded: true, rate: "0",
                expected: ["0.00", "0.00", "0.00", "0.00", "0.00"]),
            Row(
                lines: [("999999999999.99", "1", true)], vatIncluded: true, rate: "0.07",
                expected: ["999999999999.99", "999999999999.99", "0.00", "65420560747.66", "934579439252.33"]),
        ])
    func table(row: Row) throws {
        try Self.expect(row, under: .total)
    }

    @Test(
        "where each line is rounded, sums are sums of rounded lines",
        arguments: [
            // Ten times 0.335: each is 0.34.
            Row(
                lines: Array(repeating: ("0.335", "1", true), count: 10), vatIncluded: true, rate: "0.07",
                expected: ["3.40", "3.40", "0.00", "0.22", "3.18"]),
            Row(
                lines: [("3.80", "0.575", true), ("3.80", "0.575", false)], vatIncluded: true, rate: "0.07",
                expected: ["4.38", "2.19", "2.19", "0.14", "2.05"]),
            Row(
                lines: [("3.80", "0.575", true), ("3.80", "0.575", true), ("890", "1.238", true)], vatIncluded: true,
                rate: "0.07", expected: ["1106.20", "1106.20", "0.00", "72.37", "1033.83"]),
            Row(
                lines: [("0.333", "1", false), ("0.333", "1", false), ("0.334", "1", false)], vatIncluded: true,
                rate: "0.07", expected: ["0.99", "0.00", "0.99", "0.00", "0.00"]),
            Row(
                lines: [("3.80", "0.575", true), ("3.80", "0.575", false)], vatIncluded: false, rate: "0.07",
                expected: ["4.53", "2.34", "2.19", "0.15", "2.19"]),
            // What a discount takes back is all of it: half a satang below zero goes away from zero.
            Row(
                lines: [("0.335", "1", true), ("-0.335", "1", true), ("1", "1", true)], vatIncluded: true, rate: "0.07",
                expected: ["1.00", "1.00", "0.00", "0.07", "0.93"]),
            // Whole satangs are the same in both rules.
            Row(
                lines: [("15", "8", true), ("6", "10", true), ("220", "1", false)], vatIncluded: false, rate: "0.07",
                expected: ["412.60", "192.60", "220.00", "12.60", "180.00"]),
        ])
    func lineTable(row: Row) throws {
        try Self.expect(row, under: .line)
    }

    @Test(
        "a line out of range is no matter for a total, even where another takes it back",
        arguments: RoundingRule.allCases)
    func lineOutOfRange(rule: RoundingRule) throws {
        let lines = [
            try Self.line("1000000", "1000000", vatable: true), try Self.line("-1000000", "1000000", vatable: true),
        ]
        #expect(Totals(of: lines, under: try Self.terms(true, "0.07", rule)) == nil)
    }

    @Test("random sales agree with an independent decimal computation", arguments: RoundingRule.allCases, 0..<8)
    func random(rule: RoundingRule, seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        var checked = 0
        while checked < 500 {
            let included = Bool.random(using: &generator)
            let rate = ["0.07", "0.10", "0", "0.0725", "0.333333", "1"].randomElement(using: &generator) ?? "0.07"
            let lines = try (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                let isDiscount = Int.random(in: 0..<5, using: &generator) == 0
                let price = Self.decimal(upTo: isDiscount ? 1_000 : 100_000, using: &generator)
                return try Self.line(
                    isDiscount ? "-" + price : price, Self.decimal(upTo: 1_000, using: &generator),
                    vatable: Bool.random(using: &generator))
            }
            let totals = try #require(Totals(of: lines, under: try Self.terms(included, rate, rule)))
            guard totals.vatable >= .zero else { continue }
            checked += 1
            try Self.verify(totals, of: lines, by: rule, vatIncluded: included, rate: #require(Decimal(string: rate)))
        }
    }

    private static func expect(_ row: Row, under rule: RoundingRule) throws {
        let lines = try row.lines.map { try line($0.price, $0.quantity, vatable: $0.vatable) }
        let totals = try #require(Totals(of: lines, under: try terms(row.vatIncluded, row.rate, rule)))
        let found = [totals.total, totals.vatable, totals.exempt, totals.vat, totals.netOfVAT].map(\.plain)
        #expect(found == row.expected)
    }

    private static func verify(
        _ totals: Totals, of lines: [LineItem], by rule: RoundingRule, vatIncluded: Bool, rate: Decimal
    ) throws {
        let exact = try sum(of: lines, by: rule)
        let exactVatable = try sum(of: lines.filter(\.vatable), by: rule)
        let vatable = try baht(totals.vatable)
        let vat = try baht(totals.vat)
        let listed = try baht(totals.total) - (vatIncluded ? 0 : vat)
        #expect(listed == rounded(exact))
        #expect(vatable - (vatIncluded ? 0 : vat) == rounded(exactVatable))
        #expect(totals.total == totals.vatable + totals.exempt)
        #expect(totals.vatable == totals.netOfVAT + totals.vat)
        // Without a division, which no decimal does exactly: vat is within half a satang of base × rate ÷ divisor.
        let base = vatIncluded ? vatable : vatable - vat
        let divisor = vatIncluded ? 1 + rate : 1
        let twiceError = 2 * (vat * divisor - base * rate)
        let satang = divisor / 100
        #expect(twiceError > -satang && twiceError <= satang, "VAT \(vat) of \(base) at \(rate)")
        let exemptError = abs(try baht(totals.exempt) - (exact - exactVatable))
        #expect(rule == .line ? exemptError == 0 : exemptError <= Decimal(string: "0.01") ?? 0)
    }

    private static func sum(of lines: [LineItem], by rule: RoundingRule) throws -> Decimal {
        try lines.reduce(Decimal(0)) { sum, line in
            let price = try #require(Decimal(string: line.unitPrice.text))
            let amount = price * (try #require(Decimal(string: line.quantity.text)))
            return sum + (rule == .line ? rounded(amount) : amount)
        }
    }

    private static func rounded(_ value: Decimal) -> Decimal {
        var (value, result) = (value, Decimal(0))
        NSDecimalRound(&result, &value, 2, .plain)
        return result
    }

    private static func baht(_ money: Money) throws -> Decimal { try #require(Decimal(string: money.plain)) }

    private static func decimal(upTo limit: Int, using generator: inout SplitMix) -> String {
        let places = Int.random(in: 0...6, using: &generator)
        let whole = "\(Int.random(in: 0..<limit, using: &generator))"
        guard places > 0 else { return whole }
        // Fives are frequent, so that halves of a satang are met.
        let digits = (0..<places).map { _ in "0555123456789".randomElement(using: &generator) ?? "5" }
        return whole + "." + String(digits)
    }

    private static func line(_ price: String, _ quantity: String, vatable: Bool) throws -> LineItem {
        LineItem(
            name: "x", unitPrice: try #require(DecimalNumber(price)), quantity: try #require(DecimalNumber(quantity)),
            vatable: vatable)
    }

    private static func terms(_ vatIncluded: Bool, _ rate: String, _ rule: RoundingRule) throws -> SaleTerms {
        SaleTerms(vatIncluded: vatIncluded, vatRate: try #require(DecimalNumber(rate)), rounding: rule)
    }
}

/// The same numbers on every run (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
