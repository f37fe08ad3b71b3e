import Testing

@testable import ObjectStore

@Suite struct URIEncodingTests {
    @Test(
        "a part is encoded byte by byte, with a space as %20 and upper-case digits",
        arguments: [
            ("a-Z_0.9~", "a-Z_0.9~"), ("a b", "a%20b"), ("a+b", "a%2Bb"), ("a/b", "a%2Fb"), ("a%2Fb", "a%252Fb"),
            ("ก", "%E0%B8%81"), ("!'()*", "%21%27%28%29%2A"), ("é", "%C3%A9"), ("e\u{301}", "e%CC%81"),
            ("🧾", "%F0%9F%A7%BE"), ("", ""),
        ])
    func part(text: String, encoded: String) {
        #expect(URIEncoding.encode(text) == encoded)
    }

    @Test("a path keeps its slashes and nothing else")
    func path() {
        #expect(URIEncoding.encodePath("ใบ 1/a+b=c&d.pdf") == "%E0%B9%83%E0%B8%9A%201/a%2Bb%3Dc%26d.pdf")
    }
}
