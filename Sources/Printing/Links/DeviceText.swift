/// A device's text in its parts: `scheme://authority/path?name=value&…`, percent signs decoded.
struct DeviceText {
    let scheme: String
    let authority: String
    /// Empty, or begins with a slash.
    let path: String
    let parameters: [String: String]

    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"), text.utf8.count <= 1_024,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        scheme = text[..<colon].lowercased()
        let afterScheme = text[colon...].dropFirst(3)
        let query = afterScheme.firstIndex(of: "?")
        let address = afterScheme[..<(query ?? afterScheme.endIndex)]
        let slash = address.firstIndex(of: "/") ?? address.endIndex
        authority = String(address[..<slash])
        guard let path = Self.decoded(address[slash...]),
            let parameters = Self.parameters(query.map { afterScheme[$0...].dropFirst() })
        else { return nil }
        self.path = path
        self.parameters = parameters
    }

    private static func parameters(_ text: Substring?) -> [String: String]? {
        guard let text else { return [:] }
        var parameters: [String: String] = [:]
        for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let value = decoded(parts[1]) else { return nil }
            guard parameters.updateValue(value, forKey: String(parts[0])) == nil else { return nil }
        }
        return parameters
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = ArraySlice(text.utf8)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
