import RemoteServices
import Testing

struct AccessTokenTests {
    @Test("no text of a token shows it, and only its writer gets it")
    func isHidden() {
        let token = AccessToken("s3cret-token")
        var dumped = ""
        dump(token, to: &dumped)
        let texts = [
            "\(token)", String(describing: token), String(reflecting: token), dumped, "\([token])",
            "\(Optional(token) as Any)",
            "\(Mirror(reflecting: token).children.map { "\($0)" })",
        ]
        for text in texts { #expect(!text.contains("s3cret")) }
        var written: [UInt8] = []
        token.write { written = $0 }
        #expect(String(decoding: written, as: UTF8.self) == "s3cret-token")
    }
}
