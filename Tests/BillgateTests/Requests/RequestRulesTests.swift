import Sales
import Testing

@testable import Billgate

@Suite struct RequestRulesTests {
    private func pointers(
        lines: [String] = [Fixture.usualLine], more: String = "", rounding: RoundingRule = .total
    ) throws -> [String] {
        RequestRules(event: try Fixture.event(lines: lines, more: more, rounding: rounding)).faults.map(\.pointer)
    }

    @Test("a usual sale has no fault, with a buyer or without")
    func none() throws {
        for more in ["", #","buyer":\#(Fixture.company)"#, #","buyer":\#(Fixture.foreigner),"due_on":"2026-11-21""#] {
            #expect(try pointers(more: more) == [])
        }
    }

    @Test(
        "what Billgate does not make is a fault",
        arguments: [
            (#","document_type":"abbreviated_tax_invoice""#, "/document_type"),
            (#","customization":{"vat_rate":"0.0701"}"#, "/customization/vat_rate"),
        ])
    func document(more: String, pointer: String) throws {
        #expect(try pointers(more: more) == [pointer])
    }

    @Test("a sale on credit has a buyer, also after staff took it away")
    func withoutBuyer() throws {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen),"due_on":"2026-12-20""#)
        let removed = try Fixture.event(event, changedBy: .removed)
        #expect(RequestRules(event: removed).faults.map(\.pointer) == ["/due_on"])
        let replaced = try Fixture.event(event, changedBy: .replaced(try Fixture.object(Fixture.company)))
        #expect(RequestRules(event: replaced).faults == [])
    }

    @Test("limits of a customer record hold for a buyer that staff gave instead")
    func replacedBuyer() throws {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen)"#)
        let long = Fixture.company.replacing("ตัวอย่าง", with: String(repeating: "ก", count: 141))
        let replaced = try Fixture.event(event, changedBy: .replaced(try Fixture.object(long)))
        #expect(RequestRules(event: replaced).faults.map(\.pointer) == ["/buyer/name"])
    }

    @Test("a rate that no line has does not matter")
    func unusedRate() throws {
        #expect(
            try pointers(
                lines: [Fixture.line("x", "1", vatable: false)], more: #","customization":{"vat_rate":"0.1"}"#) == [])
    }

    @Test(
        "numbers keep 15 digits, and a longer one is a fault where it stands",
        arguments: [
            ("123456789012.345", "1", nil), ("123456789012.3450", "1", nil),
            ("12345678901.23456", "1", "/document/line_items/0/unit_price"),
            ("0.000001", "1234567890.123456", "/document/line_items/0/quantity"),
            ("0.01", "100000000000.000", nil),
        ])
    func digits(price: String, quantity: String, pointer: String?) throws {
        #expect(try pointers(lines: [Fixture.line("x", price, quantity)]) == [pointer].compactMap(\.self))
    }

    @Test("so do a quantity of merged lines, and what is taken off a line")
    func derivedDigits() throws {
        let line = Fixture.line("x", "0.01", "999999999.999999")
        #expect(try pointers(lines: [line, line]) == ["/document/line_items/0"])
        #expect(
            try pointers(lines: [
                Fixture.line("x", "100000000000"), Fixture.line("l", "-12345.678901", "1000000.00001"),
            ])
                == ["/document/line_items/0"])
    }

    @Test("a sale whose lines are rounded is a fault exactly if Billgate would come to something else")
    func rounding() throws {
        let lines = [Fixture.line("x", "2.185"), Fixture.line("y", "2.185")]
        #expect(try pointers(lines: lines, rounding: .line) == ["/document/line_items"])
        #expect(
            try pointers(lines: lines, more: #","receipt":{"rounding_rule":"line"}"#) == ["/receipt/rounding_rule"])
        #expect(try pointers(lines: lines) == [])
        #expect(try pointers(rounding: .line) == [])
    }

    @Test("a buyer with a branch keeps the limits of a customer record, and no fault quotes it")
    func branch() throws {
        let long = String(repeating: "ก", count: 141)
        let buyer = """
            {"name":"\(long)","tax_id":"0105561000003","branch_id":"00001","address":{"country":"JP","line1":"\(long)",
            "post_code":"100-8111"}}
            """
        let faults = RequestRules(event: try Fixture.event(more: #","buyer":\#(buyer)"#)).faults
        #expect(faults.map(\.pointer) == ["/buyer/name", "/buyer/address", "/buyer/address/post_code"])
        #expect(!faults.contains { $0.detail.contains("ก") || $0.detail.contains("8111") })
        let unbranched = buyer.replacing(#""branch_id":"00001","#, with: "")
        #expect(try pointers(more: #","buyer":\#(unbranched)"#) == [])
    }
}
