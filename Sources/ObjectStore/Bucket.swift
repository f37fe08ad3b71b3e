import Foundation
import HTTPCalls

/// Where objects are kept, at any server that speaks S3.
public struct Bucket: Sendable, Equatable {
    /// How a request names the bucket.
    public enum Addressing: String, Sendable, CaseIterable {
        /// As the first part of the path. Every server takes it.
        case path
        /// As the first part of the host's name.
        case host
    }

    public let region: String
    public let name: String
    /// Whether it is at a loopback address: a simulator.
    public let isOnThisMachine: Bool
    let scheme: String
    /// The header `Host`: the port stands in it unless it is the scheme's own.
    let authority: String
    /// What stands before each object's key, with the slash after it.
    private let root: String

    /// - Parameters:
    ///   - endpoint: `https://…`, or `http://` at a loopback address; with a path if the server's S3 has one.
    ///   - region: as the server names it; many that know no regions want `us-east-1` or `auto`.
    public init(
        endpoint: String, region: String, name: String, addressing: Addressing = .path
    ) throws(ObjectStoreError) {
        guard let server = Server(endpoint) else {
            throw .unusable("endpoint", "https://HOST, or http:// at a loopback address, without login and query")
        }
        guard (1...64).contains(region.utf8.count), region.utf8.allSatisfy({ Self.isPlain($0) }) else {
            throw .unusable("region", "letters, digits, hyphens and underscores")
        }
        guard Self.isName(name) else {
            throw .unusable("bucket", "3 to 63 letters, digits, dots, hyphens and underscores")
        }
        guard addressing == .path || Self.isHostLabel(name) && !server.isAddress else {
            throw .unusable(
                "addressing", "path, because such a bucket or endpoint cannot make the name of a host")
        }
        self.region = region
        self.name = name
        scheme = server.scheme
        isOnThisMachine = server.isOnThisMachine
        switch addressing {
        case .path: (authority, root) = (server.authority, server.path + "/" + URIEncoding.encode(name) + "/")
        case .host: (authority, root) = (name + "." + server.authority, server.path + "/")
        }
    }

    /// Encoded, as it is signed and sent.
    func path(of key: ObjectKey) -> String { root + URIEncoding.encodePath(key.text) }

    func url(_ path: String) -> String { "\(scheme)://\(authority)\(path)" }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// More than S3 allows today: older buckets and other servers have upper case and underscores.
    private static func isName(_ name: String) -> Bool {
        (3...63).contains(name.utf8.count) && !name.contains("..") && !name.hasPrefix(".") && !name.hasSuffix(".")
            && name.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: ".") }
    }

    /// Without dots too: a server's certificate is for one label before its name.
    private static func isHostLabel(_ name: String) -> Bool {
        !name.hasPrefix("-") && !name.hasSuffix("-")
            && name.utf8.allSatisfy {
                isPlain($0) && $0 != UInt8(ascii: "_") && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
            }
    }
}

/// An endpoint, taken apart.
private struct Server {
    let scheme: String
    let authority: String
    /// Without a slash at its end.
    let path: String
    let isOnThisMachine: Bool
    /// Whether the host is an address and no name.
    let isAddress: Bool

    init?(_ endpoint: String) {
        guard let parts = URLComponents(string: endpoint), let scheme = parts.scheme?.lowercased(),
            let found = parts.host, !found.isEmpty, parts.user == nil, parts.password == nil, parts.query == nil,
            parts.fragment == nil
        else { return nil }
        let host = (found.hasPrefix("[") && found.hasSuffix("]") ? String(found.dropFirst().dropLast()) : found)
            .lowercased()
        let isIPv6 = host.contains(":")
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
        isOnThisMachine = Loopback.isThisMachine(host)
        isAddress = isIPv6 || isIPv4
        guard scheme == "https" || scheme == "http" && isOnThisMachine else { return nil }
        self.scheme = scheme
        let name = isIPv6 ? "[\(host)]" : host
        guard (isIPv6 ? Self.address : Self.hostName).isSuperset(of: CharacterSet(charactersIn: host)) else {
            return nil
        }
        let own = scheme == "https" ? 443 : 80
        if let port = parts.port, port != own {
            guard (1...65_535).contains(port) else { return nil }
            authority = "\(name):\(port)"
        } else {
            authority = name
        }
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        guard path.isEmpty || URIEncoding.encodePath(path) == path, !path.contains("//"),
            // Whoever reads a URL may resolve them, and what is signed is another path then.
            !path.split(separator: "/").contains(where: { [".", ".."].contains($0) })
        else { return nil }
        self.path = path
    }

    private static let hostName = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyz0123456789-._")
    private static let address = CharacterSet(charactersIn: "abcdef0123456789:.")
}
