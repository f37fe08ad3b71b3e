import JSON
import Sales
import Testing

@testable import Billgate

@Suite struct WantedDocumentTests {
    private func wanted(
        lines: [String] = [Fixture.usualLine], more: String = "", kind: DocumentKind = .receipt
    ) throws -> WantedDocument {
        let event = try Fixture.event("W-1", lines: lines, more: more)
        return try #require(WantedDocument(RegistrationRequest(event, under: Fixture.terms).bytes, kind: kind))
    }

    private func document(_ members: String) throws -> ListedDocument {
        var entry = try Fixture.object(#"{"id":"D","number":"W-1"}"#)
        for (key, value) in try Fixture.object("{\(members)}").members { entry[key] = value }
        return ListedDocument(entry)
    }

    @Test(
        "a document that says something else is no match, and spaces, silence and spellings of a number are nothing",
        arguments: [
            (#""name":"W-1""#, WantedDocument.Likeness.same), (#""name":" W-1 ""#, .same),
            (#""name":"W-2""#, .contradicting(.name)), (#""number":"W-2""#, .other), (#""number":null"#, .other),
            (#""total":120.00"#, .same), (#""total":1.2E2"#, .same), (#""total":0,"subtotal":120"#, .same),
            (#""total":120.01"#, .contradicting(.total)),
            (#""customer":{"name":"ลูกค้าทั่วไป ","tax_number":null}"#, .same),
            (#""customer":{"name":"other","tax_number":"0000000000000"}"#, .contradicting(.customer)),
            (#""customer":{"name":"ลูกค้าทั่วไป","tax_number":"1111111111119"},"total":1"#, .contradicting(.customer)),
        ])
    func likeness(members: String, expected: WantedDocument.Likeness) throws {
        #expect(try wanted().likeness(of: document(members)) == expected)
    }

    @Test(
        "a buyer is known by the number, whatever name a record has",
        arguments: [
            (#"{"name":"ชื่อเดิม","tax_number":"0105561000003"}"#, true), (#"{"name":"ชื่อเดิม"}"#, false),
            (#"{"name":"บริษัท ตัวอย่าง จำกัด","tax_number":"0105561000004"}"#, false),
        ])
    func buyers(customer: String, isOurs: Bool) throws {
        let wanted = try wanted(more: #","buyer":\#(Fixture.company)"#, kind: .taxInvoice)
        let likeness = try wanted.likeness(of: document(#""customer":\#(customer)"#))
        #expect(likeness == (isOurs ? .same : .contradicting(.customer)))
    }

    @Test(
        "a request comes to the sale's total",
        arguments: [
            "", #","customization":{"vat_rate":"0.03","vat_included":false}"#,
            #","customization":{"vat_rate":"0.0525"}"#, #","customization":{"vat_rate":"0","vat_included":false}"#,
        ])
    func totals(more: String) throws {
        let lines = [
            Fixture.line("a", "15.335", "8"), Fixture.line("b", "220.25", vatable: false), Fixture.line("c", "-20.55"),
            Fixture.line("d", "999999999.99", "3"), Fixture.line("e", "7"), Fixture.line("e", "7.0"),
        ]
        let event = try Fixture.event("W-1", lines: lines, more: more)
        let wanted = try wanted(lines: lines, more: more)
        #expect(wanted.total == ExactAmount(event.sale.totals.total))
    }
}
