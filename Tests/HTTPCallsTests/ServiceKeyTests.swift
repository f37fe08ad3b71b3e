import HTTPCalls
import Testing

@Suite struct ServiceKeyTests {
    @Test("a key is one line of visible ASCII", arguments: ["k", "bg_live-0123.ABC~/+=", "!"])
    func accepted(line: String) {
        #expect(ServiceKey(line: line)?.text == line)
    }

    @Test(
        "what would end a header, or be changed on its way, is no key",
        arguments: ["", " ", "a b", "a\r\nX-Evil: 1", "a\n", "a\u{0}", "a\t", "กุญแจ", "k\u{7F}", "\u{FEFF}k"])
    func refused(line: String) {
        #expect(ServiceKey(line: line) == nil)
    }

    @Test("a key never shows in a text")
    func description() throws {
        let key = try #require(ServiceKey(line: "s3cret"))
        #expect(!"\(key) \(String(reflecting: key))".contains("s3cret"))
    }
}
