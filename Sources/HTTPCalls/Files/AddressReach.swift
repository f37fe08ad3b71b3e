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
        case .v4(let address):
            self.init(ipv4: withUnsafeBytes(of: address.address.sin_addr) { Array($0) })
        case .v6(let address):
            self.init(ipv6: withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: self = .machine
        }
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
        case (10, _), (100, 64...127), (169, 254), (172, 16...31), (192, 168), (224..., _): self = .site
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
        } else {
            switch (bytes[0], bytes[1]) {
            // Unique local, link-local and the former site-local, multicast.
            case (0xFC...0xFD, _), (0xFE, 0x80...), (0xFF, _): self = .site
            default: self = .world
            }
        }
    }
}
