import JSON
import Sales
import Testing

@testable import Billgate

@Suite struct ShownDocumentTests {
    @Test(
        "a total is read to the satang, and one of nothing beside a subtotal says nothing",
        arguments: [
            (#""total":120"#, "120.00"), (#""total":120.50"#, "120.50"), (#""total":0.30000000000000004"#, "0.30"),
            (#""total":112.14999999999999"#, "112.15"), (#""total":120.004"#, "120.00"), (#""total":120.01"#, "120.01"),
            (#""total":0,"subtotal":0"#, "0.00"), (#""total":0"#, "0.00"), (#""total":0,"subtotal":1490"#, "untold"),
            (#""total":null"#, "untold"), (#""x":1"#, "untold"), (#""total":"120""#, "unreadable"),
            (#""total":1e2"#, "unreadable"), (#""total":-5"#, "-5.00"),
        ])
    func totals(members: String, expected: String) throws {
        let total = ShownDocument(try Fixture.object("{\(members)}")).total
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
