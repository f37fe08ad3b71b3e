import Crypto
import Foundation
import Testing

@testable import Slime

@Suite struct RequestSignerTests {
    @Test("the token is the header, the claims with the very data, and their HMAC under the secret's bytes")
    func token() throws {
        let data = Array(#"{"b":1,"a":"ก"}"#.utf8)
        let token = RequestSigner(keyID: #"k"1"#, secret: "sécret")
            .token(subject: .stub, data: data, issuedAt: Date(timeIntervalSince1970: 1_700_000_000.9))
        let parts = token.split(separator: ".")
        #expect(parts.count == 3)
        #expect(try Self.decoded(parts[0]) == #"{"typ":"JWT","alg":"HS256","kid":"k\"1"}"#)
        #expect(
            try Self.decoded(parts[1])
                == #"{"sub":"simple-transaction/initiate-with-tax-invoice-stub","aud":"thai-document.slime.systems","iat":1700000000,"data":{"b":1,"a":"ก"}}"#
        )
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(parts[0]).\(parts[1])".utf8), using: SymmetricKey(data: Data("sécret".utf8)))
        #expect(Base64URL.encode(Array(code)) == parts[2])
        #expect(!token.contains("="))
    }

    private static func decoded(_ part: Substring) throws -> String {
        var text = part.replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return String(decoding: try #require(Data(base64Encoded: String(text))), as: UTF8.self)
    }
}
