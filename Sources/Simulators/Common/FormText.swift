/// `application/x-www-form-urlencoded`: a query, or the body of a form (WHATWG URL Standard, section 5.1).
enum FormText {
    /// The values by their names; of a name that comes again, the last.
    static func values(_ text: some Collection<UInt8>) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            values[decoded(parts[0])] = parts.count > 1 ? decoded(parts[1]) : ""
        }
        return values
    }

    static func decoded(_ text: some Collection<UInt8>) -> String {
        decodedPath(text.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 })
    }

    /// Only the bytes written with `%`: in a path, a `+` is itself (RFC 3986 section 2.1). A `%` that begins no byte
    /// stands for itself, as in every browser.
    static func decodedPath(_ text: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
