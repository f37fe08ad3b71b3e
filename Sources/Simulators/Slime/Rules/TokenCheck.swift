import JWTKit

/// Decides whether a token may come in: the section Authentication of the API page.
///
/// The order is that of knowing more and more: the form of the token, its key, its signature, its claims, its age.
struct TokenCheck: Sendable {
    static let audience = "thai-document.slime.systems"

    private let keyID: String
    private let algorithm: any JWTAlgorithm

    /// - Parameter secret: its UTF-8 bytes are the key, as they are
    init(keyID: String, secret: String) async throws {
        self.keyID = keyID
        let keys = JWTKeyCollection()
        let name = JWKIdentifier(string: keyID)
        await keys.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256, kid: name)
        algorithm = try await keys.getKey(for: name)
    }

    /// Everything but the token's age; that depends on what the clock says when the call is judged.
    func check(_ token: RequestToken) throws(Refusal) {
        guard token.header["alg"]?.text == "HS256" else {
            throw Refusal(code: "JWT::DecodeError", message: "header: expected alg HS256")
        }
        guard token.header["typ"]?.text == "JWT" else { throw Self.violation("header: expected typ JWT") }
        guard let kid = token.header["kid"]?.text else { throw Self.violation("header: expected kid, a string") }
        guard kid == keyID else { throw Refusal(code: "JWT::KeyNotFound") }
        guard (try? algorithm.verify(token.signature, signs: token.signedPart)) == true else {
            throw Refusal(code: "JWT::VerificationError", message: "the signature does not fit the key")
        }
        guard case .object = token.payload else { throw Self.violation("payload: expected an object") }
        guard token.payload["sub"]?.text != nil else { throw Self.violation("sub: expected a string") }
        guard case .object = token.payload["data"] else { throw Self.violation("data: expected an object") }
        guard token.payload["iat"]?.integer != nil else {
            throw Self.violation("iat: expected a number of whole seconds since 1970")
        }
        guard Self.isForUs(token.payload["aud"]) else { throw Self.violation("aud: expected \(audienceText)") }
    }

    private var audienceText: String { "\"\(Self.audience)\"" }

    /// RFC 7519 section 4.1.3 allows one audience or several.
    private static func isForUs(_ claim: JSONValue?) -> Bool {
        switch claim {
        case .string(let one): one == audience
        case .array(let several): several.contains(.string(audience))
        default: false
        }
    }

    private static func violation(_ message: String) -> Refusal {
        Refusal(code: "JWT::SchemaViolation", message: message)
    }
}
