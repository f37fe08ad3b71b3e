/// Where tills on the network connect: `"0.0.0.0:9180"`, `"[::]:9180"`, `"till-gateway.lan:9180"`.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    public static let rule = "ADDRESS:PORT, such as \"0.0.0.0:9180\" or \"[::]:9180\""

    /// Without the brackets of an IPv6 address.
    public let host: String
    public let port: Int

    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), (1...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "[]/".contains($0) }) else { return nil }
        self.host = String(host)
        self.port = port
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
