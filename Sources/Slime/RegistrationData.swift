import JSON
public import Sales

/// The `data` of `initiate-with-tax-invoice-stub`, built once for a sale and kept as bytes.
public enum RegistrationData {
    private static let local = ["terminal_id", "receipt"]

    /// The event without the members that stay in the store, with its customization completed from the store's
    /// configuration.
    public static func bytes(for event: SaleEvent) -> [UInt8] {
        var data = JSONObject()
        for (key, value) in event.event.members where !local.contains(key) && !value.isNull {
            data[key] = key == "document" ? withoutAbsent(document: value) : value
        }
        data["customization"] = .object(event.customization)
        return JSONValue.object(data).bytes
    }

    /// `null` counts as absent, and Slime's page does not say that it accepts it; a theme's own parameters stay as they
    /// are.
    private static func withoutAbsent(document: JSONValue) -> JSONValue {
        guard case .object(let document) = document else { return document }
        var result = JSONObject()
        for (key, value) in document.members where !value.isNull {
            if key == "line_items", case .array(let lines) = value {
                result[key] = .array(lines.map(withoutNulls))
            } else {
                result[key] = value
            }
        }
        return .object(result)
    }

    private static func withoutNulls(_ line: JSONValue) -> JSONValue {
        guard case .object(let line) = line else { return line }
        var result = JSONObject()
        for (key, value) in line.members where !value.isNull { result[key] = value }
        return .object(result)
    }
}
