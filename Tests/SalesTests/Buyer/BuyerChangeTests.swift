import JSON
import Testing

@testable import Sales

@Suite struct BuyerChangeTests {
    private func object(_ json: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(json.utf8)) else { throw SampleError() }
        return object
    }

    private func kept(
        _ change: BuyerChange?, of changes: [(pointer: String, json: String?)] = [("/buyer", SampleBuyer.company)]
    ) throws -> KeptSale {
        let event = try SampleEvent.decode(changing: changes)
        return KeptSale(event: event.canonicalBytes, terms: event.sale.terms, change: change)
    }

    @Test("a change is kept and read again as itself, and nothing else is one")
    func bytes() throws {
        for change in [BuyerChange.replaced(try object(SampleBuyer.citizen)), .removed] {
            #expect(BuyerChange(change.bytes) == change)
        }
        for text in [
            "", "{}", "null", #"{"buyer":null}"#, #"{"without_buyer":false}"#, #"{"buyer":{},"without_buyer":true}"#,
        ] {
            #expect(BuyerChange(Array(text.utf8)) == nil)
        }
    }

    @Test("another buyer takes the place of the first, and the event stays as it came")
    func replaced() throws {
        let kept = try kept(.replaced(object(SampleBuyer.citizen)))
        let event = try SampleEvent.decoder().decode(kept, suitsStore: true)
        #expect(event.sale.buyer?.name == "เมธี วัชรีเมาคลีกระโทก")
        #expect((event.sale.documentType, event.sale.isChanged) == (.taxInvoice, true))
        #expect(event.canonicalBytes == kept.event)
        #expect(try SampleEvent.decoder().decode(self.kept(nil)).sale.isChanged == false)
    }

    @Test("without its buyer a sale becomes one for which customers name themselves")
    func removed() throws {
        let sale = try SampleEvent.decoder().decode(kept(.removed), suitsStore: true).sale
        #expect((sale.buyer, sale.documentType) == (nil, .taxInvoiceStub))
    }

    @Test("so does a receipt, whose lines stay without VAT")
    func receipt() throws {
        let lines = #"[{"name": "x", "unit_price": "340", "quantity": "1"}]"#
        let receipt: [(pointer: String, json: String?)] = [
            ("/buyer", SampleBuyer.company), ("/document_type", #""receipt""#), ("/customization/vat_included", nil),
            ("/customization/vat_rate", nil), ("/document/line_items", lines),
        ]
        let sale = try SampleEvent.decoder().decode(kept(.removed, of: receipt), suitsStore: true).sale
        #expect((sale.documentType, sale.totals.vat, sale.totals.total.plain) == (.taxInvoiceStub, .zero, "340.00"))
        let other = try kept(.replaced(object(SampleBuyer.citizen)), of: receipt)
        #expect(try SampleEvent.decoder().decode(other).sale.documentType == .receipt)
    }

    @Test("the buyer that was refused is not judged again, and the new one is, with its own pointers")
    func judged() throws {
        let bytes = try SampleEvent.bytes(changing: [
            ("/buyer", SampleBuyer.company), ("/buyer/address/tambon_id", #""999999""#),
        ])
        let terms = try SampleEvent.decode().sale.terms
        let kept = KeptSale(event: bytes, terms: terms, change: .removed)
        #expect(throws: Never.self) { try SampleEvent.decoder().decode(kept, suitsStore: true) }
        let wrong = BuyerChange.replaced(
            try object(SampleBuyer.citizen.replacing("1234567851231", with: "0000000000000")))
        #expect(SaleDecoder.faults(of: wrong).map(\.pointer) == ["/buyer/national_id"])
        #expect(SaleDecoder.faults(of: .removed).isEmpty)
        let rejection = #expect(throws: SaleRejection.self) {
            try SampleEvent.decoder().decode(kept.replacing(change: wrong), suitsStore: true)
        }
        #expect(rejection == .invalid(SaleDecoder.faults(of: wrong)))
    }
}
