import Glibc
import NIOCore

/// From where an address can be reached.
enum AddressReach: Sendable, Equatable {
    /// From everywhere.
    case world
    /// From this machine alone.
    case machine
    /// From a private network or this line alone, or it is no address of one host.
    case site

    init(_ address: SocketAddress) {
        switch address {
        case .v4: self.init(ipv4: Self.bytes(of: address, AF_INET, count: 4))
        case .v6: self.init(ipv6: Self.bytes(of: address, AF_INET6, count: 16))
        case .unixDomainSocket: self = .machine
        }
    }

    /// By way of its text: to which module a socket address's own members belong depends on who else imports it. An address
    /// that has no text counts as 0.0.0.0.
    private static func bytes(of address: SocketAddress, _ family: CInt, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = address.ipAddress.map { inet_pton(family, $0, &bytes) }
        return bytes
    }

    /// Of a host as a URL names it; nil for a name that only a name service knows.
    init?(host: String) {
        let name = host.lowercased()
        // RFC 6761 §6.3.
        if name == "localhost" || name.hasSuffix(".localhost") {
            self = .machine
        } else if let address = try? SocketAddress(ipAddress: host, port: 0) {
            self.init(address)
        } else {
            return nil
        }
    }

    /// The IANA registry of special-purpose IPv4 addresses (RFC 6890), and multicast (RFC 5771).
    private init(ipv4 bytes: [UInt8]) {
        switch (bytes[0], bytes[1]) {
        // Linux takes 0.0.0.0 for this machine.
        case (0, _), (127, _): self = .machine
        case (10, _), (100, 64...127), (169, 254), (172, 16...31), (192, 168), (198, 18...19), (224..., _): self = .site
        // Protocol assignments, and the three networks of documentation.
        case (192, 0) where [0, 2].contains(bytes[2]), (198, 51) where bytes[2] == 100, (203, 0) where bytes[2] == 113:
            self = .site
        default: self = .world
        }
    }

    /// The IANA registry of special-purpose IPv6 addresses (RFC 6890). An address that carries an IPv4 address reaches as far
    /// as that.
    private init(ipv6 bytes: [UInt8]) {
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        if leadingZeros == 16 || (leadingZeros == 15 && bytes[15] == 1) {
            self = .machine
        } else if leadingZeros >= 12 || bytes[..<12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            || bytes[..<12] == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        {
            // Mapped (RFC 4291 §2.5.5), or translated (RFC 6052).
            self.init(ipv4: Array(bytes[12...]))
        } else if bytes[..<2] == [0x20, 0x02] {
            // 6to4 (RFC 3056).
            self.init(ipv4: Array(bytes[2..<6]))
        } else if bytes[..<4] == [0x20, 0x01, 0, 0] || bytes[..<4] == [0x20, 0x01, 0x0D, 0xB8]
            || bytes[..<6] == [0, 0x64, 0xFF, 0x9B, 0, 1] || bytes[..<8] == [1, 0, 0, 0, 0, 0, 0, 0]
        {
            // Teredo (RFC 4380), documentation, a network's own translation (RFC 8215), discarded (RFC 6666).
            self = .site
        } else {
            switch (bytes[0], bytes[1]) {
            // Unique local, link-local and the former site-local, multicast.
            case (0xFC...0xFD, _), (0xFE, 0x80...), (0xFF, _): self = .site
            default: self = .world
            }
        }
    }
}
