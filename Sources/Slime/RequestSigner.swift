import Crypto
import Foundation
import JSON

/// Makes the JSON Web Token of a call (API page, "Payload Encoding").
///
/// It signs the data as the very bytes that are kept, so every attempt says the same; a JWT library would encode it
/// again each time.
struct RequestSigner: Sendable {
    static let audience = "thai-document.slime.systems"

    private let header: String
    private let key: SymmetricKey

    /// - Parameter secret: The shared secret; its UTF-8 bytes are the key, not what they may encode.
    init(keyID: String, secret: String) {
        let kid = JSONValue.string(keyID).text
        header = Base64URL.encode(Array(#"{"typ":"JWT","alg":"HS256","kid":\#(kid)}"#.utf8))
        key = SymmetricKey(data: Data(secret.utf8))
    }

    /// - Parameters:
    ///   - data: JSON.
    ///   - issuedAt: sent in whole seconds.
    func token(subject: SlimeSubject, data: [UInt8], issuedAt: Date) -> String {
        let seconds = Int64(issuedAt.timeIntervalSince1970.rounded(.down))
        var claims = Array(#"{"sub":"\#(subject.rawValue)","aud":"\#(Self.audience)","iat":\#(seconds),"data":"#.utf8)
        claims += data
        claims.append(UInt8(ascii: "}"))
        let signed = header + "." + Base64URL.encode(claims)
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key)
        return signed + "." + Base64URL.encode(Array(code))
    }
}

/// RFC 4648 §5 without padding, as RFC 7515 requires.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        var digits = [UInt8](Data(bytes).base64EncodedData())
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        for index in digits.indices {
            switch digits[index] {
            case UInt8(ascii: "+"): digits[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): digits[index] = UInt8(ascii: "_")
            default: break
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
