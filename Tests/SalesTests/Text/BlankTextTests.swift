import Foundation
import JSON
import Testing

@testable import Sales

@Suite struct BlankTextTests {
    @Test(
        "what has to be read on paper must show something",
        arguments: [
            "/document/line_items/0/name", "/receipt/number", "/receipt/payments/0/method", "/terminal_id",
        ], [" ", "\u{FEFF}", "\u{200B}\u{A0}", "\t\n", "\u{3164}"])
    func blank(pointer: String, text: String) throws {
        let faults = try SampleEvent.faults(changing: [
            (pointer, JSONValue.string(text).text)
        ])
        #expect(faults.map(\.pointer) == [pointer])
        #expect(faults.first?.detail.contains("can be seen") == true)
    }

    @Test(
        "where nothing may stand, blanks may",
        arguments: ["/document/line_items/0/description", "/receipt/cashier", "/receipt/notes/0", "/tags/0"])
    func optional(pointer: String) throws {
        #expect(try SampleEvent.faults(changing: [(pointer, "\" \"")]).isEmpty)
    }

    @Test("the text of a sale is kept, and sent on, as it came")
    func kept() throws {
        let name = "\u{FEFF}น้ำ\u{200B}ดื่ม\n600\u{A0}มล."
        let event = try SampleEvent.decode(changing: [
            ("/document/line_items/0/name", JSONValue.string(name).text)
        ])
        #expect(event.sale.lines.first?.name.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
        #expect(event.canonicalBytes == JSONValue.object(event.event).canonicalBytes)
    }
}
