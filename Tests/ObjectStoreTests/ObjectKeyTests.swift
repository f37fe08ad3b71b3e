import Testing

@testable import ObjectStore

@Suite struct ObjectKeyTests {
    @Test("a name of any letters is a key", arguments: ["a", "ใบกำกับ/1.pdf", "a b+c%2F.pdf", "...", ".a/b."])
    func taken(text: String) {
        #expect(ObjectKey(text)?.text == text)
    }

    @Test(
        "a name that servers and proxies may rewrite is no key",
        arguments: ["", "/a", "a/", "a//b", "a/../b", "./a", "a\nb", "a\u{0}", String(repeating: "ก", count: 342)])
    func refused(text: String) {
        #expect(ObjectKey(text) == nil)
    }

    @Test("a random key has 256 bits and the extension, and is never the same")
    func random() throws {
        let keys = (0..<100).map { _ in ObjectKey.random(fileExtension: "p/d.f").text }
        #expect(Set(keys).count == 100)
        for key in keys {
            #expect(key.utf8.count == 68 && key.hasSuffix(".pdf"))
            #expect(ObjectKey(key) != nil)
        }
        #expect(ObjectKey.random(fileExtension: "").text.utf8.count == 64)
    }
}
