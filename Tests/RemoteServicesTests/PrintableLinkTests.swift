import RemoteServices
import Testing

@Suite struct PrintableLinkTests {
    @Test(
        "links that may stand on paper",
        arguments: [
            "https://app.thai-document.slime.systems/projects/1/trading-document-interface/A/0f",
            "http://127.0.0.1:8080/x",
            "http://localhost/x", "http://[::1]:80/x",
        ])
    func accepted(url: String) { #expect(PrintableLink.fault(of: url) == nil) }

    @Test(
        "links that may not, and the reason does not repeat them",
        arguments: [
            "http://app.example/secret", "ftp://app.example/secret", "javascript:secret()", "", "https://",
            "http://127.0.0.1.evil.example/secret", "https://app.example/" + String(repeating: "secret", count: 90),
        ])
    func refused(url: String) {
        let fault = PrintableLink.fault(of: url)
        #expect(fault != nil)
        #expect(fault?.contains("secret") == false)
    }
}
