import Foundation
import Testing

@testable import Sales

@Suite struct SaleTests {
    @Test(
        "the drawer has something to take of a sale that was paid in cash, and of one on credit only if part of it was",
        arguments: [
            ([], false, true), (["cash"], false, true), (["card"], false, false), ([], true, false),
            (["cash"], true, true), (["transfer"], true, false),
        ])
    func cash(methods: [String], isOnCredit: Bool, expected: Bool) throws {
        let (one, terms) = (
            try #require(DecimalNumber("1")),
            SaleTerms(vatIncluded: true, vatRate: SaleTerms.usualVATRate, rounding: .line)
        )
        let lines = [LineItem(name: "ก", unitPrice: one, quantity: one, vatable: true)]
        var sale = Sale(
            id: try #require(TransactionID("A")), issuedAt: .distantPast, lines: lines, terms: terms,
            totals: try #require(Totals(of: lines, under: terms)))
        sale.receipt.payments = methods.map { Payment(method: $0, amount: one) }
        if isOnCredit { sale.dueOn = BangkokDay("2026-12-20") }
        #expect(sale.isOnCredit == isOnCredit)
        #expect(sale.wasPaidInCash == expected)
    }
}
