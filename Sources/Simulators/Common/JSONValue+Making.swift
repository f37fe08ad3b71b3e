extension JSONValue {
    static func milliseconds(_ duration: Duration) -> JSONValue { .number(String(Int(duration / .milliseconds(1)))) }

    static func stringOrNull(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
