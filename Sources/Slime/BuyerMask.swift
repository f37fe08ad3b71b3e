import JSON
import RemoteServices

/// Takes a buyer out of what Slime says of a request.
struct BuyerMask: Sendable {
    private let mask: TextMask

    /// - Parameter request: a registration's, which names the buyer.
    init(_ request: [UInt8]) {
        var values: Set<String> = []
        if case .object(let data)? = try? JSONParser.parse(request), case .object(let document)? = data["document"] {
            Self.collect(document["buyer_info"] ?? .null, into: &values)
        }
        mask = TextMask(values)
    }

    func masked(_ text: String) -> String { mask.masked(text) }

    private static func collect(_ value: JSONValue, into values: inout Set<String>) {
        switch value {
        case .string(let text): values.insert(text)
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
