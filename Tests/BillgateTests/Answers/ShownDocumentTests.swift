import JSON
import Sales
import Testing

@testable import Billgate

@Suite struct ShownDocumentTests {
    @Test(
        "a total is read to the satang, whatever its spelling, and one of nothing beside a subtotal says nothing",
        arguments: [
            (#""total":120"#, "120.00"), (#""total":120.50"#, "120.50"), (#""total":0.30000000000000004"#, "0.30"),
            (#""total":112.14999999999999"#, "112.15"), (#""total":120.004"#, "120.00"), (#""total":120.01"#, "120.01"),
            (#""total":0,"subtotal":0"#, "0.00"), (#""total":0"#, "0.00"), (#""total":0,"subtotal":1490"#, "untold"),
            (#""total":0E0,"subtotal":1.49E3"#, "untold"), (#""total":-5"#, "-5.00"), (#""total":1e2"#, "100.00"),
            (#""total":1.2E7"#, "12000000.00"), (#""total":1.205e+2"#, "120.50"), (#""total":12050E-2"#, "120.50"),
            (#""total":1.0000000050E2"#, "100.00"), (#""total":7E-1"#, "0.70"), (#""total":-7E-1"#, "-0.70"),
            (#""total":1E-400"#, "0.00"), (#""total":999999999999E0"#, "999999999999.00"),
            (#""total":1E12"#, "unreadable"), (#""total":1E999999999999999999999"#, "unreadable"),
            (#""total":null"#, "unreadable"), (#""x":1"#, "unreadable"), (#""total":"120""#, "unreadable"),
            (#""total":null,"subtotal":1490"#, "unreadable"),
        ])
    func totals(members: String, expected: String) throws {
        let total = ShownDocument(try Fixture.object("{\(members)}")).document.total
        let text =
            switch total {
            case nil: "untold"
            case .unreadable?: "unreadable"
            case .amount(let amount)?: amount.plain
            }
        #expect(text == expected)
    }

    @Test("the link is the shareable one, and never the file's")
    func link() throws {
        #expect(ShownDocument(try Fixture.object(#"{"pdf_url":"https://x/y.pdf"}"#)).link == nil)
        #expect(ShownDocument(try Fixture.object(#"{"shareable_url":""}"#)).link == nil)
        #expect(
            ShownDocument(try Fixture.object(#"{"shareable_url":"https://x/z","pdf_url":null}"#)).link == "https://x/z")
    }
}
