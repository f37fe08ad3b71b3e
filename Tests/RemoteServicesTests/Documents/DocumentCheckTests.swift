import RemoteServices
import Sales
import Testing

@Suite struct DocumentCheckTests {
    private func fault(_ text: String, _ form: DocumentForm) -> String? {
        DocumentCheck.fault(of: Array(text.utf8), as: form)
    }

    private static let html = "<!DOCTYPE html><html><body>Your session has expired<br></body></html>"

    @Test("a PDF begins and ends as one")
    func pdf() {
        #expect(fault("%PDF-1.7\n…\nstartxref\n9\n%%EOF\n", .pdf) == nil)
        #expect(fault("%PDF-1.4\n%%EOF" + String(repeating: "\0", count: 1_000), .pdf) == nil)
    }

    @Test(
        "what is no PDF, or half of one, is refused without being quoted",
        arguments: ["", "%PDF", DocumentCheckTests.html, " %PDF-1.7\n%%EOF", "%PDF-1.7\nsecret and no end", "secret"])
    func noPDF(text: String) {
        let fault = fault(text, .pdf)
        #expect(fault != nil)
        #expect(fault?.contains("secret") == false)
    }

    @Test("a PDF whose end lies far before its last byte was put together from others")
    func endTooEarly() {
        #expect(fault("%PDF-1.7\n%%EOF\n" + String(repeating: "x", count: 2_000), .pdf) != nil)
    }

    @Test(
        "well-formed XML is accepted, in any encoding that it declares",
        arguments: [
            "<a/>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r:a xmlns:r=\"urn:x\"><b c=\"d\">ก &amp; ข</b></r:a>\n",
            "\u{FEFF}<a><!-- x --><![CDATA[<]]></a>",
        ])
    func xml(text: String) {
        #expect(fault(text, .xml) == nil)
    }

    @Test("XML in UTF-16 is accepted")
    func utf16() {
        let units = Array("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>ก</a>".utf16)
        #expect(DocumentCheck.fault(of: units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, as: .xml) == nil)
    }

    @Test(
        "what is no well-formed XML is refused",
        arguments: [
            "", "   ", "secret", "%PDF-1.7", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a>\u{1}</a>",
            "<a>&unknown;</a>",
            "<?xml version=\"1.0\"?>", DocumentCheckTests.html,
        ])
    func noXML(text: String) {
        let fault = fault(text, .xml)
        #expect(fault != nil, "\(text)")
        #expect(fault?.contains("secret") == false)
    }

    @Test(
        "XML that declares a document type is refused before its entities are expanded",
        arguments: [
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"http://127.0.0.1:9/\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY % b SYSTEM \"file:///etc/passwd\"> %b;]><a/>",
        ])
    func entities(text: String) {
        #expect(fault(text, .xml)?.contains("declares a document type") == true, "\(fault(text, .xml) ?? "accepted")")
    }

    @Test(.timeLimit(.minutes(1))) func billionLaughs() {
        var text = "<!DOCTYPE l [<!ENTITY l0 \"ha\">"
        for level in 1...30 {
            text += "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
        }
        #expect(fault(text + "]><l>&l30;</l>", .xml) != nil)
    }

    @Test("XML that is nested without end is refused, not followed")
    func nesting() {
        #expect(fault(String(repeating: "<a>", count: 200_000), .xml) != nil)
    }
}
