public import JSON

extension RegistrationData {
    /// Whether the bytes can be what was built for the sale whose event this is: they have its id and its document, without
    /// what is absent. The customization may be the store's own, which stands here alone.
    public static func agrees(_ bytes: [UInt8], with event: JSONObject) -> Bool {
        guard case .object(let data)? = try? JSONParser.parse(bytes) else { return false }
        return ["transaction_id", "document"].allSatisfy { key in
            guard let sent = data[key], let kept = event[key] else { return data[key] == nil && event[key] == nil }
            return withoutAbsent(sent) == withoutAbsent(kept)
        }
    }

    private static func withoutAbsent(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(withoutAbsent))
        case .object(let object):
            var result = JSONObject()
            for (key, value) in object.members where !value.isNull { result[key] = withoutAbsent(value) }
            return .object(result)
        default: return value
        }
    }
}
