import Crypto
import Foundation

/// Signs requests to a store (AWS Signature Version 4 with HMAC-SHA256).
struct RequestSigner: Sendable {
    static let algorithm = "AWS4-HMAC-SHA256"

    let key: AccessKey
    let region: String
    var service = "s3"

    /// SHA-256 in hexadecimal digits.
    static func digest(_ bytes: some DataProtocol) -> String { Hexadecimal.encode(SHA256.hash(data: bytes)) }

    /// The header `Authorization`.
    func authorization(of request: CanonicalRequest, at time: SigningTime) -> String {
        "\(Self.algorithm) Credential=\(credential(time)), SignedHeaders=\(request.signedHeaders), "
            + "Signature=\(signature(of: request, at: time))"
    }

    /// The query of a link that needs no header. It is valid from that time on, for so many seconds.
    func presignedQuery(
        of request: CanonicalRequest, at time: SigningTime, for seconds: Int
    ) -> String {
        var request = request
        request.query += [
            ("X-Amz-Algorithm", Self.algorithm), ("X-Amz-Credential", credential(time)), ("X-Amz-Date", time.text),
            ("X-Amz-Expires", String(seconds)), ("X-Amz-SignedHeaders", request.signedHeaders),
        ]
        return "\(request.queryText)&X-Amz-Signature=\(signature(of: request, at: time))"
    }

    func signature(of request: CanonicalRequest, at time: SigningTime) -> String {
        let text = [Self.algorithm, time.text, scope(time), Self.digest(Data(request.text.utf8))]
            .joined(separator: "\n")
        var key = SymmetricKey(data: Data("AWS4\(self.key.secret)".utf8))
        for part in [time.day, region, service, Self.end] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        return Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    private static let end = "aws4_request"

    private func credential(_ time: SigningTime) -> String { "\(key.id)/\(scope(time))" }

    private func scope(_ time: SigningTime) -> String {
        [time.day, region, service, Self.end].joined(separator: "/")
    }
}
