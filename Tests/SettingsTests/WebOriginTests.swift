import Settings
import Testing

@Suite struct WebOriginTests {
    @Test(
        "an origin as browsers send it is accepted",
        arguments: [
            "https://pos.example.com", "http://localhost:3000", "http://192.168.1.20", "https://pos.example.com:8443",
            "http://[fd00::1]:8080", "https://xn--42c6aof0a.example", "capacitor://localhost", "app://pos",
            "chrome-extension://abcdefghijklmnop",
        ])
    func accepted(text: String) {
        #expect(WebOrigin.fault(of: text) == nil)
    }

    @Test(
        "what no browser sends, or what lets in strangers, is refused with the reason",
        arguments: [
            ("*", "strangers"), ("https://*.example.com", "strangers"), ("null", "cannot be told apart"),
            ("", "SCHEME"),
            ("pos.example.com", "SCHEME"), ("https://", "lower case"), ("://pos", "lower case"),
            ("https://pos.example.com/", "without a path"), ("https://pos.example.com/till", "without a path"),
            ("https://pos.example.com?x", "without a path"), ("https://user@pos.example.com", "without a path"),
            ("https://pos.example.com:443", "without :443"), ("http://pos:80", "without :80"),
            ("https://pos:0", "a port"), ("https://pos:65536", "a port"), ("https://pos:", "a port"),
            ("https://pos:08080", "a port"), ("HTTPS://pos.example.com", "lower case"),
            ("https://POS.example.com", "lower case"), ("https://ร้าน.example", "xn--"), ("https://pos example", "xn--"),
            ("http://[fd00::g]", "SCHEME"), ("http://[]", "SCHEME"),
        ])
    func refused(text: String, reason: String) {
        #expect(WebOrigin.fault(of: text)?.contains(reason) == true, "\(WebOrigin.fault(of: text) ?? "none")")
    }
}
