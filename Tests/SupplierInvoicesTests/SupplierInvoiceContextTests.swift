import Foundation
import Testing

@testable import SupplierInvoices

@Suite struct SupplierInvoiceContextTests {
    @Test("what is kept comes back as it was", arguments: [nil, "2026-11-20T10:15:00Z", "ก\"\\"])
    func kept(earlier: String?) throws {
        let context = SupplierInvoiceContext()
        #expect(SupplierInvoiceContext(context.text) == context && context.until == nil)
        let end = Date(timeIntervalSince1970: 1_795_144_500.25)
        let published = context.published(until: end, after: earlier)
        #expect(SupplierInvoiceContext(published.text) == published)
        #expect(published.until == end && published.earlier == earlier && published.name == context.name)
    }

    @Test(
        "what is none is none",
        arguments: [nil, "", "{}", "[]", #"{"name":"abc"}"#, #"{"name":7}"#] as [String?])
    func none(text: String?) {
        #expect(SupplierInvoiceContext(text) == nil)
    }

    @Test(
        "a time that is none means that nothing is published", arguments: ["1e999", "-5", "null", "\"soon\"", "1e300"])
    func noTime(time: String) throws {
        let name = PublicationName.random()
        let context = SupplierInvoiceContext(#"{"name":"\#(name.text)","until":\#(time)}"#)
        // A number that no reader takes makes a text that is none.
        if let context {
            #expect(context.until == nil && SupplierInvoiceContext(context.text) == context)
        } else {
            #expect(time == "1e999" || time == "1e300")
        }
    }

    @Test("two names are never the same, and nothing else is a name") func names() {
        #expect(Set((0..<100).map { _ in PublicationName.random().text }).count == 100)
        let text = PublicationName.random().text
        #expect(PublicationName(text)?.text == text)
        for other in ["", String(text.dropLast()), text + "0", text.uppercased() + "A", "../" + text.dropLast(3)] {
            #expect(PublicationName(other) == nil)
        }
    }

    @Test("pauses double up to five minutes, and end after their time") func pauses() {
        let limits = SupplierInvoiceLimits(giveUpAfter: .seconds(600), deletesRemote: true)
        #expect(
            (0..<8).map { limits.pause(after: $0) }
                == [5, 10, 20, 40, 80, 160, 300, nil].map { $0.map { .seconds($0) } })
    }
}
