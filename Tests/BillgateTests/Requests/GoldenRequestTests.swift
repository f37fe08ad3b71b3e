import Foundation
import JSON
import Sales
import Testing

@testable import Billgate

/// The requests of one sale as files, which `scripts/lib/check-requests.py` holds against a schema.
@Suite struct GoldenRequestTests {
    private static let lines = [
        Fixture.line("ข้าวโพดปิ้ง", "15.00", "8"), Fixture.line("ส่วนลด", "-20.55"),
        Fixture.line("ข้าวสาร", "220.25", vatable: false), Fixture.line("น้ำ", "7"),
        Fixture.line("ทอง", "123456789.123456"), Fixture.line("น้ำ", "7.0"),
    ]

    @Test(
        "a sale of mixed VAT, with a discount, equal lines and fifteen digits, is sent byte by byte as the file has it",
        arguments: [
            ("receipt", ""), ("tax_invoice", #","buyer":\#(Fixture.citizen)"#),
            ("invoice", #","buyer":\#(Fixture.citizen),"due_on":"2026-12-20""#),
            ("later_tax_invoice", #","buyer":\#(Fixture.citizen)"#),
        ])
    func golden(name: String, more: String) throws {
        let event = try Fixture.event(lines: Self.lines, more: more)
        #expect(RequestRules(event: event).faults == [])
        let terms = BillgateTerms(numberPrefix: "KK-", walkIn: Fixture.walkIn)
        let request =
            name == "later_tax_invoice"
            ? RegistrationRequest(laterInvoiceFor: event, under: terms) : RegistrationRequest(event, under: terms)
        let file = URL(filePath: #filePath).appending(path: "../../../BillgateRequests/\(name).json").standardized
        #expect(
            String(decoding: request.bytes, as: UTF8.self) + "\n" == (try String(contentsOf: file, encoding: .utf8)))
        let wanted = try #require(WantedDocument(request.bytes, kind: request.context.kind))
        #expect(wanted.total == ExactAmount(event.sale.totals.total))
    }
}
