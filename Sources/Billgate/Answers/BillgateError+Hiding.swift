import JSON
import RemoteServices
import Sales

extension BillgateError {
    /// The same without what it says of the customer of a request. The shop's own walk-in customer is nobody.
    func hiding(_ customer: JSONObject, unless walkIn: WalkIn) -> BillgateError {
        guard customer != RequestPerson(walkIn).json else { return self }
        return BillgateError(kind, TextMask(Self.texts(.object(customer))).masked(message), retryAfter: retryAfter)
    }

    /// Also word by word: a refusal may quote a part.
    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text] + text.split(separator: " ").map(String.init)
        case .array(let values): values.flatMap(texts)
        case .object(let object): object.members.flatMap { texts($0.value) }
        case .null, .bool, .number: []
        }
    }
}
