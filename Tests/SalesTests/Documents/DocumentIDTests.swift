import Sales
import Testing

@Suite struct DocumentIDTests {
    @Test("an id has 1 to 64 of the characters that ids at Slime have")
    func accepted() {
        for text in ["TEST-TRANSACTION-001D1", "a", "a/b_C-9", String(repeating: "x", count: 64)] {
            #expect(DocumentID(text)?.text == text)
        }
        for text in ["", " ", "a b", "a.pdf", "..", "ก", "a%2F", "a\n", String(repeating: "x", count: 65)] {
            #expect(DocumentID(text) == nil, "\(text)")
        }
    }

    @Test("a file's name has no slash in it, and two ids never share one")
    func fileNames() {
        #expect(DocumentID("/etc/passwd")?.fileName == "%2Fetc%2Fpasswd")
        #expect(DocumentID("a/b")?.fileName != DocumentID("a_b")?.fileName)
        #expect(DocumentID("A1D1")?.fileName == "A1D1")
    }
}
