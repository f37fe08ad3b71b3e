import GatewayAPI
import HTTPTypes
import Hummingbird

/// The key that identifies a repeated request (draft-ietf-httpapi-idempotency-key-header). It is taken as it is,
/// including quotes.
struct IdempotencyKey {
    private static let header = HTTPField.Name("Idempotency-Key")
    private static let longest = 128

    let text: String

    /// Nil if the request has none.
    init?(of request: Request) throws(ProblemError) {
        guard let header = Self.header else { return nil }
        let keys = request.headers[values: header]
        guard let key = keys.first else { return nil }
        let isVisible = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard keys.count == 1, isVisible, (1...Self.longest).contains(key.utf8.count) else {
            let found = keys.count == 1 ? "\(key.utf8.count) bytes" : "\(keys.count) keys"
            let others = isVisible ? "" : ", not all of which are visible ASCII"
            throw ProblemError(
                .badRequest(
                    "Idempotency-Key: expected one key of 1 to \(Self.longest) visible ASCII characters, found \(found)\(others)"
                ))
        }
        text = key
    }
}
