/// A request in the one spelling that both sides sign (AWS Signature Version 4, "Create a canonical request").
struct CanonicalRequest: Sendable {
    /// In place of the digest of a body that nobody knows yet, as in a link.
    static let unsignedPayload = "UNSIGNED-PAYLOAD"

    let method: String
    /// Encoded, as it is sent.
    let path: String
    var query: [(name: String, value: String)] = []
    /// Those that are signed, by their names.
    let headers: [String: String]
    /// SHA-256 of the body in hexadecimal digits.
    let payload: String

    private var sortedHeaders: [(name: String, value: String)] {
        headers.map { ($0.key.lowercased(), Self.trimmed($0.value)) }.sorted { Self.precedes($0.name, $1.name) }
    }

    /// `host;x-amz-date`.
    var signedHeaders: String { sortedHeaders.map(\.name).joined(separator: ";") }

    /// The query in order, as it is sent.
    var queryText: String {
        query.map { (URIEncoding.encode($0.name), URIEncoding.encode($0.value)) }
            .sorted { $0.0 == $1.0 ? Self.precedes($0.1, $1.1) : Self.precedes($0.0, $1.0) }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    var text: String {
        let lines = sortedHeaders.map { "\($0.name):\($0.value)\n" }.joined()
        return [method, path, queryText, lines, signedHeaders, payload].joined(separator: "\n")
    }

    /// Without spaces at its ends, and with one in place of several.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }

    /// By bytes: Swift orders texts by what they look like.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
