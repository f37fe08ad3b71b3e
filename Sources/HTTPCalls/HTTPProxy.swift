/// A proxy that opens tunnels by HTTP CONNECT (RFC 9110 §9.3.6).
public struct HTTPProxy: Sendable, Equatable, CustomStringConvertible {
    /// Without the brackets of an IPv6 address.
    public let host: String
    public let port: Int
    let login: ProxyLogin?

    public init(host: String, port: Int, login: ProxyLogin? = nil) {
        self.host = host
        self.port = port
        self.login = login
    }

    /// Without the login.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The login at a proxy (RFC 7617).
public struct ProxyLogin: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    public static let rule = "one line, USER:PASSWORD"

    let user: String
    let password: String

    /// - Parameter line: USER:PASSWORD. The user's name may not contain a colon.
    public init?(line: String) {
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
            // RFC 7617 §2: neither may contain control characters.
            line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        user = String(line[..<colon])
        password = String(line[line.index(after: colon)...])
    }

    /// Never shows any of it.
    public var description: String { "a login" }
    public var debugDescription: String { description }
}
