/// The origin of a web page, as a browser sends it in the header `Origin` (RFC 6454, section 6.2). It is compared
/// letter for letter, so a value that no browser sends would never match.
public enum WebOrigin {
    public static let rule = "SCHEME://HOST or SCHEME://HOST:PORT, such as \"https://pos.example.com\""

    private static let usualPorts = ["http": 80, "https": 443]

    /// What is expected instead; nil for a valid origin.
    public static func fault(of text: String) -> String? {
        if text.contains("*") { return "each origin by its name, \(rule): a pattern would let in strangers" }
        if text == "null" { return "\(rule): pages without an origin cannot be told apart" }
        guard let mark = text.firstRange(of: "://") else { return rule }
        let scheme = text[..<mark.lowerBound]
        var host = text[mark.upperBound...]
        guard scheme.first?.isLetter ?? false, scheme.allSatisfy({ isPlain($0) || "+-.".contains($0) }) else {
            return "\(rule), in lower case"
        }
        if host.contains(where: { "/?#@".contains($0) }) { return "\(rule), without a path, not even \"/\"" }
        if let colon = host.lastIndex(of: ":"), host.last != "]" {
            let digits = host[host.index(after: colon)...]
            guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), (1...65_535).contains(port),
                digits.first != "0"
            else { return "\(rule), with a port from 1 to 65535" }
            if port == usualPorts[String(scheme)] { return "\(rule), without :\(port): browsers leave it out" }
            host = host[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return !address.isEmpty && address.allSatisfy { $0 == ":" || $0 == "." || ($0.isHexDigit && isPlain($0)) }
                ? nil : rule
        }
        // Browsers send names with other letters as xn--….
        return !host.isEmpty && host.allSatisfy { isPlain($0) || "-._".contains($0) }
            ? nil : "\(rule), in lower case; letters beyond a to z as browsers send them, xn--…"
    }

    private static func isPlain(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }
}
