import JSON
import RemoteServices

/// Takes a buyer out of what Slime says of a request. A refusal may quote what was refused, and staff read refusals in lists.
struct BuyerMask: Sendable {
    static let sign = "…"
    /// Shorter values, such as a floor, stand in too many words.
    private static let shortest = 3

    /// The longest first: a name may be part of another value.
    private let values: [String]

    /// - Parameter request: a registration's, which names the buyer.
    init(_ request: [UInt8]) {
        var values: Set<String> = []
        if case .object(let data)? = try? JSONParser.parse(request), case .object(let document)? = data["document"] {
            Self.collect(document["buyer_info"] ?? .null, into: &values)
        }
        self.values = values.sorted { ($0.unicodeScalars.count, $0) > ($1.unicodeScalars.count, $1) }
    }

    /// The text without the buyer's values, and without what may be one of them in another spelling: long numbers, e-mail
    /// addresses, letters as escapes.
    func masked(_ text: String) -> String {
        let bare = values.reduce(text) { $0.replacing($1, with: Self.sign) }
        return bare.replacing(#/(\\u[0-9A-Fa-f]{4})+|[^\s"'<>]+@[^\s"'<>]+|[0-9][0-9 \-]{3,}[0-9]/#, with: Self.sign)
    }

    private static func collect(_ value: JSONValue, into values: inout Set<String>) {
        switch value {
        case .string(let text): if text.unicodeScalars.count >= shortest { values.insert(text) }
        case .object(let object):
            for (key, value) in object.members where key != "type" { collect(value, into: &values) }
        default: break
        }
    }
}

extension ServiceFailure {
    /// The same for a request that names a buyer: what it says is not about who that is.
    func withoutBuyer(of request: [UInt8]) -> ServiceFailure {
        let advice = SlimeAdvice.aboutBuyer(code).map { "Slime refused with \(code): \($0)" }
        return ServiceFailure(
            code: code, message: advice ?? BuyerMask(request).masked(message), disposition: disposition,
            mayHaveActed: mayHaveActed, retryAfter: retryAfter)
    }
}
