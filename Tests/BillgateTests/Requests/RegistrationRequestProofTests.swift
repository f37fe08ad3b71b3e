import JSON
import RemoteServices
import Sales
import Testing

@testable import Billgate

@Suite struct RegistrationRequestProofTests {
    private static let lines = [
        Fixture.line("ข้าวโพดปิ้ง", "15.00", "8"), Fixture.line("ข้าวสาร", "220", vatable: false), Fixture.line("ลด", "-1"),
        Fixture.line("น้ำ", "7"), Fixture.line("น้ำ", "7.0"),
    ]

    private func request(_ event: SaleEvent) -> ServiceRequest {
        let request = RegistrationRequest(event, under: BillgateTerms(numberPrefix: "KK-1 ", walkIn: Fixture.walkIn))
        return ServiceRequest(bytes: request.bytes, context: request.context.text)
    }

    @Test("an id that another one ends with is another one")
    func endings() throws {
        let (long, short) = (try Fixture.event("1-A"), try Fixture.event("A"))
        #expect(RegistrationRequest.agrees(request(long), with: long.event, nil))
        #expect(!RegistrationRequest.agrees(request(long), with: short.event, nil))
    }

    @Test(
        "a request agrees with its own event, whatever the configuration was",
        arguments: [
            "", #","buyer":\#(Fixture.company)"#, #","buyer":\#(Fixture.foreigner),"due_on":"2026-12-20""#,
            #","customization":{"vat_rate":"0.03","vat_included":false}"#,
        ])
    func own(more: String) throws {
        let event = try Fixture.event(lines: Self.lines, more: more)
        #expect(RegistrationRequest.agrees(request(event), with: event.event, nil))
    }

    @Test("and with no other", arguments: 0..<6)
    func others(index: Int) throws {
        let more = #","buyer":\#(Fixture.company)"#
        let event = try Fixture.event(lines: Self.lines, more: more)
        let other =
            switch index {
            case 0: try Fixture.event("00001-POS01-20261120-0002", lines: Self.lines, more: more)
            case 1: try Fixture.event(lines: Self.lines.dropLast(), more: more)
            case 2: try Fixture.event(lines: Self.lines)
            case 3: try Fixture.event(lines: Self.lines, more: more + #","due_on":"2026-12-20""#)
            case 4: try Fixture.event(lines: [Fixture.line("x", "1")] + Self.lines.dropFirst(), more: more)
            default: try Fixture.event(lines: Self.lines, more: #","buyer":\#(Fixture.citizen)"#)
            }
        #expect(!RegistrationRequest.agrees(request(event), with: other.event, nil))
    }

    @Test("a later tax invoice is for its sale and its buyer, and is no registration")
    func later() throws {
        let (sale, other) = (try Fixture.event(lines: Self.lines), try Fixture.event("X", lines: Self.lines))
        let event = try Fixture.event(lines: Self.lines, more: #","buyer":\#(Fixture.citizen)"#)
        let terms = BillgateTerms(numberPrefix: "KK-", walkIn: Fixture.walkIn)
        let request = RegistrationRequest(laterInvoiceFor: event, under: terms).kept
        let change = BuyerChange.replaced(try Fixture.object(Fixture.citizen))
        #expect(RegistrationRequest.agrees(request, with: sale.event, change, isLaterInvoice: true))
        #expect(!RegistrationRequest.agrees(request, with: sale.event, change))
        #expect(!RegistrationRequest.agrees(self.request(event), with: sale.event, change, isLaterInvoice: true))
        #expect(!RegistrationRequest.agrees(request, with: other.event, change, isLaterInvoice: true))
        let stranger = BuyerChange.replaced(try Fixture.object(Fixture.company))
        #expect(!RegistrationRequest.agrees(request, with: sale.event, stranger, isLaterInvoice: true))
    }

    @Test("a buyer that staff gave instead is the one that counts")
    func changed() throws {
        let (first, second) = (
            try Fixture.event(more: #","buyer":\#(Fixture.company)"#),
            try Fixture.event(more: #","buyer":\#(Fixture.citizen)"#)
        )
        let change = BuyerChange.replaced(try Fixture.object(Fixture.citizen))
        #expect(RegistrationRequest.agrees(request(second), with: first.event, change))
        #expect(!RegistrationRequest.agrees(request(first), with: first.event, change))
        #expect(RegistrationRequest.agrees(request(try Fixture.event()), with: first.event, .removed))
    }
}
