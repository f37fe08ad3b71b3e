import Crypto
import Foundation

/// The token by which callers on the network identify themselves (RFC 6750).
public struct BearerToken: Sendable, Equatable {
    /// Characters: shorter ones can be guessed by trial.
    public static let shortest = 16
    /// What a token may hold by RFC 6750, section 2.1.
    public static let rule =
        "at least \(shortest) characters of A-Z a-z 0-9 - . _ ~ + / =, such as from: openssl rand -hex 32"

    private let digest: SHA256.Digest

    /// Nil for text that ``rule`` does not allow.
    public init?(_ text: String) {
        let isToken = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~+/=".utf8.contains(byte)
            }
        }
        guard isToken, text.utf8.count >= Self.shortest else { return nil }
        digest = SHA256.hash(data: Data(text.utf8))
    }

    /// The token of a request's header; nil if it has none.
    init?(authorization: String?) {
        guard let authorization, let space = authorization.firstIndex(of: " "),
            authorization[..<space].lowercased() == "bearer"
        else { return nil }
        self.init(String(authorization[space...].drop { $0 == " " }))
    }

    /// Digests are compared in constant time: the time of a refusal says nothing about how near a guess was.
    public static func == (one: BearerToken, other: BearerToken) -> Bool { one.digest == other.digest }
}
