import Foundation
import JSON
import Testing

@testable import OCRInvoice

@Suite struct OCRJobFormTests {
    private let sent = """
        {"jobNumber":"KK-00001-00010203040506070809","documentName":"ใบแจ้งหนี้.pdf",\
        "documentUrl":"http://127.0.0.1:9/4f1c-secret/inv.pdf?X-Amz-Signature=abc","documentType":"pdf",\
        "template":"60f7b1b3e4b0e8b3f8b3f8b4","priority":"high","metadata":{"gateway":"front","branch":"00001",\
        "sha256":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}}
        """

    @Test("a form is sent byte by byte as the page has it, with the link in its place")
    func bytes() throws {
        let form = try Fixture.form()
        #expect(form.number == Fixture.number)
        #expect(String(decoding: form.bytes(with: try Fixture.link()), as: UTF8.self) == sent)
        let grouped = try Fixture.form(group: "g-1").bytes(with: try Fixture.link())
        let expected = sent.replacing(#","priority""#, with: #","group":"g-1","priority""#)
        #expect(String(decoding: grouped, as: UTF8.self) == expected)
    }

    @Test("what is kept has no link, and is the same form again")
    func kept() throws {
        let form = try Fixture.form(#"a "b"/c\d.pdf"#, group: "g")
        #expect(!String(decoding: form.kept, as: UTF8.self).contains("documentUrl"))
        let again = try #require(OCRJobForm(kept: form.kept))
        #expect(again == form && again.number == form.number && again.digest == form.digest)
        #expect(again.bytes(with: try Fixture.link()) == form.bytes(with: try Fixture.link()))
    }

    @Test(
        "nothing else is taken for a kept form",
        arguments: [
            "", "[]", "{}", #"{"jobNumber":"1","documentName":"a"}"#,
            #"{"jobNumber":"","documentName":"a","template":"t"}"#,
            #"{"jobNumber":"1","documentName":"a","template":"t","documentUrl":"http://a/"}"#,
        ])
    func noForm(text: String) {
        #expect(OCRJobForm(kept: Array(text.utf8)) == nil)
    }

    @Test("the same bytes have the same number under every name, and other bytes another")
    func number() throws {
        #expect(try Fixture.form("a.pdf").number == (try Fixture.form("b.jpg", type: .jpg).number))
        #expect(try Fixture.form(digest: [1] + Fixture.digest.dropFirst()).number != Fixture.number)
    }

    @Test(
        "a link is an absolute http URL, and nothing shows it",
        arguments: [
            ("https://bucket.example/k?X-Amz-Signature=1", true), ("HTTP://127.0.0.1:1/x", true), ("ftp://a/x", false),
            ("https:///x", false), ("/x", false), ("", false), ("https://a/x y", false), ("https://ก/", false),
            ("https://a/\n", false),
        ])
    func links(text: String, isLink: Bool) {
        let link = DocumentLink(text)
        #expect((link != nil) == isLink)
        if let link {
            #expect("\(link)" == "a link" && String(reflecting: link) == "a link" && !"\([link])".contains("://"))
        }
    }
}
