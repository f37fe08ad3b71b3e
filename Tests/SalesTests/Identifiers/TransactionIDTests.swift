import Testing

@testable import Sales

@Suite struct TransactionIDTests {
    @Test(
        "ids of the provider's pattern are accepted as they are",
        arguments: ["a", "TEST-ES-0002", "00001/POS_01", "-_/", String(repeating: "Z", count: 30)])
    func accepted(text: String) throws {
        #expect(try #require(TransactionID(text)).text == text)
    }

    @Test(
        "all else is refused",
        arguments: [
            "", " ", "a b", "a\n", "a.b", "a%2Fb", "a\\b", "é", "e\u{301}", "ก", "a\0", "a:b", "Ａ",
            String(repeating: "Z", count: 31),
        ])
    func refused(text: String) {
        #expect(TransactionID(text) == nil)
    }

    @Test("ids are case-sensitive")
    func caseSensitive() {
        #expect(TransactionID("a") != TransactionID("A"))
    }
}
