import JSON
import Testing

@testable import Sales

@Suite struct DocumentTypeTests {
    @Test("without a word a sale gets a stub, and with a buyer a tax invoice", arguments: [nil, "null"])
    func defaults(absent: String?) throws {
        let without = try SampleEvent.decode(changing: [("/buyer", absent), ("/document_type", absent)]).sale
        #expect((without.documentType, without.buyer) == (.taxInvoiceStub, nil))
        let with = try SampleEvent.decode(
            changing: [("/buyer", SampleBuyer.company), ("/document_type", absent)]
        ).sale
        #expect(with.documentType == .taxInvoice)
        #expect(with.buyer != nil)
    }

    @Test(
        "a document that is made out to somebody needs a buyer, and any other takes none",
        arguments: DocumentType.allCases)
    func buyers(type: DocumentType) throws {
        let own: [(pointer: String, json: String?)] = [("/document_type", "\"\(type.rawValue)\"")]
        let changes = type == .receipt ? own + Self.withoutVAT : own
        let without = try SampleEvent.faults(changing: changes)
        let with = try SampleEvent.faults(changing: changes + [("/buyer", SampleBuyer.company)])
        #expect(without.map(\.pointer) == (type.namesBuyer ? ["/buyer"] : []))
        #expect(with.map(\.pointer) == (type.namesBuyer ? [] : ["/document_type"]))
    }

    /// The sample's members that speak of VAT, as a sale without VAT has them.
    private static let withoutVAT: [(pointer: String, json: String?)] = [
        ("/document/line_items/0/vatable", "false"), ("/document/line_items/1/vatable", nil),
        ("/customization/vat_included", nil), ("/customization/vat_rate", "null"),
    ]

    @Test("a receipt has no VAT: its lines need not say so, and its total is the sum of them")
    func receipt() throws {
        let sale = try SampleEvent.decode(
            changing: Self.withoutVAT + [("/document_type", #""receipt""#), ("/buyer", SampleBuyer.citizen)]
        ).sale
        #expect(sale.documentType == .receipt)
        #expect(sale.lines.map(\.vatable) == [false, false])
        #expect((sale.totals.total.plain, sale.totals.exempt.plain) == ("340.00", "340.00"))
        #expect((sale.totals.vatable, sale.totals.vat) == (.zero, .zero))
    }

    @Test(
        "what speaks of VAT in a receipt is a fault at its place",
        arguments: [
            ("/document/line_items/0/vatable", "true"), ("/document/line_items/1/vatable", #""no""#),
            ("/customization/vat_included", "true"), ("/customization/vat_included", "false"),
            ("/customization/vat_rate", #""0""#),
        ])
    func receiptWithVAT(pointer: String, json: String) throws {
        let faults = try SampleEvent.faults(
            changing: Self.withoutVAT + [
                ("/document_type", #""receipt""#), ("/buyer", SampleBuyer.citizen), (pointer, json),
            ])
        #expect(faults.map(\.pointer) == [pointer], "\(faults)")
    }

    @Test("any other document wants to know of each line", arguments: ["tax_invoice_stub", "abbreviated_tax_invoice"])
    func vatable(type: String) throws {
        let faults = try SampleEvent.faults(changing: [
            ("/document_type", "\"\(type)\""), ("/document/line_items/1/vatable", nil),
        ])
        #expect(faults == [SaleFault(pointer: "/document/line_items/1/vatable", detail: "required, but missing")])
    }

    @Test("an unknown document is a fault that names the known ones", arguments: [#""invoice""#, #""""#, "1", "{}"])
    func unknown(json: String) throws {
        let faults = try SampleEvent.faults(changing: [("/document_type", json)])
        #expect(faults.map(\.pointer) == ["/document_type"])
        #expect(json.hasPrefix("\"") == faults.first?.detail.contains(#""abbreviated_tax_invoice""#))
    }

    @Test("documents and buyers are part of what makes two events the same sale")
    func sameContent() throws {
        let one = try SampleEvent.decode(changing: [("/buyer", SampleBuyer.company)])
        let other = try SampleEvent.decode(changing: [
            ("/buyer", SampleBuyer.company), ("/buyer/phone", #""021112222""#),
        ])
        #expect(one.canonicalBytes != other.canonicalBytes)
    }
}
