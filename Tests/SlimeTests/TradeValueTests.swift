import Foundation
import JSON
import Sales
import Simulators
import Testing

@testable import Slime

@Suite(.timeLimit(.minutes(1))) struct TradeValueTests {
    private static func totals(total: Int64, vatable: Int64, vat: Int64) -> Totals {
        Totals(
            total: Money(satang: total), vatable: Money(satang: vatable), exempt: Money(satang: total - vatable),
            vat: Money(satang: vat))
    }

    @Test(
        "a trade value agrees that is our total, or our total without VAT, however it is written, and no other",
        arguments: [
            (#""412.6""#, .equal), (#""412.60""#, .equal), (#""412.6000000000000""#, .equal), ("412.6", .equal),
            (#""400.0""#, .withoutVAT), (#""400""#, .withoutVAT), (#""412.61""#, .differs), (#""412.595""#, .differs),
            (#""192.6""#, .differs), (#""-412.6""#, .differs), (#""0.0""#, .differs), (#""4.126e2""#, .differs),
            (#""""#, .differs), (#""฿412.60""#, .differs), ("4.126e2", .differs), ("[]", .differs), ("true", .differs),
            (#"{"amount":"412.6"}"#, .differs), ("null", .untold),
        ] as [(String, TotalComparison)])
    func comparison(json: String, expected: TotalComparison) throws {
        let value = ProviderTotal(tradeValue: try JSONParser.parse(Array(json.utf8)))
        #expect(TotalComparison(value, with: Self.totals(total: 41_260, vatable: 19_260, vat: 1_260)) == expected)
    }

    @Test("without VAT the total is one and the same")
    func exempt() {
        let totals = Self.totals(total: 22_000, vatable: 0, vat: 0)
        #expect(TotalComparison(ExactAmount("220").map(ProviderTotal.amount), with: totals) == .equal)
    }

    @Test("where the answer says nothing there is nothing to compare")
    func absent() {
        #expect(ProviderTotal(tradeValue: nil) == nil)
        #expect(TotalComparison(nil, with: Self.totals(total: 100, vatable: 0, vat: 0)) == .untold)
    }

    @Test("what Slime makes of the amounts arrives with the link")
    func arrives() async throws {
        try await withSlime { slime, client in
            try await client.initiate(
                .taxInvoiceStub, data: RegistrationData.bytes(for: Fixture.event("A")), issuedAt: Date())
            for (told, expected) in [("1.00", ExactAmount("1")), ("90.0", ExactAmount("90"))] {
                await slime.inject(.init(.tradeValue(told), times: 1))
                let shown = try await client.show(Fixture.id("A"), issuedAt: Date())
                #expect(shown.tradeValue == expected.map(ProviderTotal.amount))
                #expect(shown.serviceURL != nil)
            }
            await slime.inject(.init(.tradeValue(nil), times: 1))
            #expect(try await client.show(Fixture.id("A"), issuedAt: Date()).tradeValue == nil)
        }
    }
}
