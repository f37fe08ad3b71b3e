import Foundation

/// Where a service says that a file is. It is a secret: whoever has it has the file.
struct FileLocation: Sendable {
    private static let maximumBytes = 8 << 10

    let url: String

    /// Throws why the location may not be called, without quoting it.
    ///
    /// - Parameter base: what a relative location is relative to.
    init(_ text: String, relativeTo base: FileLocation? = nil, reach: FileReach) throws(FileLocationFault) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw FileLocationFault("it has \(text.utf8.count) bytes, expected at most \(Self.maximumBytes)")
        }
        guard let url = URL(string: text, relativeTo: base.flatMap { URL(string: $0.url) })?.absoluteURL,
            let scheme = url.scheme?.lowercased()
        else { throw FileLocationFault("it is no URL") }
        let hostReach = url.host(percentEncoded: false).flatMap { AddressReach(host: Self.withoutBrackets($0)) }
        switch scheme {
        case "https": break
        case "http" where hostReach == .machine && reach.allows(.machine): break
        default: throw FileLocationFault("it is not https")
        }
        guard let host = url.host(), !host.isEmpty else { throw FileLocationFault("it names no host") }
        guard url.user() == nil, url.password() == nil else { throw FileLocationFault("it holds a login") }
        if let hostReach, !reach.allows(hostReach) {
            throw FileLocationFault("it names this machine, or a network that is not public")
        }
        self.url = url.absoluteString
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}

/// Why a location may not be called.
struct FileLocationFault: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
