import Foundation
import Sales
import Testing

@testable import Receipts

/// Whoever adds up a paper with a calculator comes to what it says. Nothing but what is printed is looked at.
@Suite struct PaperSumsTests {
    /// The figures of a paper, read back from its texts.
    private struct Shown {
        var lines: [(amount: Decimal, places: Int, sign: String?)] = []
        var sums: [String: Decimal] = [:]

        init(_ document: ReceiptDocument) throws {
            for case .amount(let row) in document.body {
                let text = row.amount.replacing(",", with: "")
                let amount = try #require(Decimal(string: text))
                if lines.count < document.sale.lines.count {
                    lines.append((amount, text.split(separator: ".").last?.count ?? 0, row.sign))
                } else {
                    sums[row.name] = amount
                }
            }
        }

        func sum(_ sign: String? = nil) -> Decimal {
            lines.filter { sign == nil || $0.sign == sign }.reduce(0) { $0 + $1.amount }
        }
    }

    @Test("the lines of a paper add up to its totals", arguments: RoundingRule.allCases, [true, false])
    func random(rule: RoundingRule, vatIncluded: Bool) throws {
        var numbers = SplitMix(state: vatIncluded ? 1 : 2)
        for _ in 0..<1_500 {
            let lines = try (0..<Int.random(in: 1...9, using: &numbers)).map { _ in try Self.line(using: &numbers) }
            let sale = try Samples.sale(lines, vatIncluded: vatIncluded, rounding: rule)
            let shown = try Shown(ReceiptDocument(sale: sale, store: try Samples.store()))
            let told = Comment(rawValue: lines.map { "\($0.quantity) × \($0.unitPrice) \($0.vatable)" }.description)
            try expectToAddUp(shown, sale, told)
        }
    }

    private func expectToAddUp(_ shown: Shown, _ sale: Sale, _ told: Comment) throws {
        let total = try #require(shown.sums["รวมทั้งสิ้น"])
        let vat = shown.sums["ภาษีมูลค่าเพิ่ม 7%"] ?? 0
        let onTop = sale.vatIncluded ? 0 : vat
        // Rounding once is all that may stand between; where each line is rounded not even that.
        #expect(Self.rounded(shown.sum()) + onTop == total, told)
        if sale.terms.rounding == .line {
            #expect(shown.lines.allSatisfy { $0.places == 2 } && shown.sum() + onTop == total, told)
        }
        if let net = shown.sums["มูลค่าก่อนภาษี"] {
            let gross = shown.sums["มูลค่ารวมภาษี"] ?? total
            #expect(net + vat == gross, told)
        }
        // Both kinds on one paper: the lines of each kind are its sum exactly, and the two sums are the total.
        if let gross = shown.sums["มูลค่ารวมภาษี"], let exempt = shown.sums["มูลค่ายกเว้นภาษี"] {
            #expect(shown.sum("V") + onTop == gross, told)
            #expect(shown.sum("E") == exempt, told)
            #expect(Self.rounded(gross + exempt) == total, told)
        }
        #expect(sale.totals.vatable + sale.totals.exempt == sale.totals.total, told)
        #expect(Decimal(string: sale.totals.total.plain) == total, told)
    }

    @Test(
        "papers that used to be a satang out",
        arguments: [
            (
                RoundingRule.line,
                ["ส้ม | 2.19V", "ผัก | 2.19E", "รวมทั้งสิ้น | 4.38", "มูลค่ารวมภาษี | 2.19V", "มูลค่ายกเว้นภาษี | 2.19E"]
            ),
            (
                .total,
                ["ส้ม | 2.185V", "ผัก | 2.185E", "รวมทั้งสิ้น | 4.37", "มูลค่ารวมภาษี | 2.185V", "มูลค่ายกเว้นภาษี | 2.185E"]
            ),
        ])
    func mixedHalves(rule: RoundingRule, expected: [String]) throws {
        let sale = try Samples.sale(
            [
                try Samples.line("ส้ม", "3.80", "0.575", unit: "KGM"),
                try Samples.line("ผัก", "3.80", "0.575", unit: "KGM", vatable: false),
            ], rounding: rule)
        let lines = Samples.lines(ReceiptDocument(sale: sale, store: try Samples.store()).body)
        #expect(expected.allSatisfy(lines.contains), "\(lines)")
    }

    @Test("a price that was rounded stands beside its amount, so that one sees why")
    func roundedPrice() throws {
        let line = try Samples.line("ลูกอม", "0.335")
        func details(_ rule: RoundingRule) throws -> [String] {
            let sale = try Samples.sale([line], rounding: rule)
            let body = ReceiptDocument(sale: sale, store: try Samples.store()).body
            return body.compactMap { if case .amount(let row) = $0 { row.details } else { nil } }.first ?? []
        }
        #expect(try details(.line) == ["1 × 0.335"])
        #expect(try details(.total).isEmpty)
    }

    private static func rounded(_ value: Decimal) -> Decimal {
        var (value, result) = (value, Decimal(0))
        NSDecimalRound(&result, &value, 2, .plain)
        return result
    }

    /// One in six is a discount; fives are frequent, so that halves of a satang are met.
    private static func line(using numbers: inout SplitMix) throws -> LineItem {
        func decimal(_ whole: Range<Int>) -> String {
            let digits = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                "0555123456789".randomElement(using: &numbers) ?? "5"
            }
            let start = String(Int.random(in: whole, using: &numbers))
            return digits.isEmpty ? start : start + "." + String(digits)
        }
        let isDiscount = Int.random(in: 0..<6, using: &numbers) == 0
        return try Samples.line(
            "x", isDiscount ? "-" + decimal(0..<3) : decimal(0..<2_000), decimal(0..<20),
            vatable: Bool.random(using: &numbers))
    }
}

/// The same numbers on every run (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
