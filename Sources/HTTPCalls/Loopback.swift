import Foundation

/// Which hosts are this machine.
public enum Loopback {
    /// - Parameter host: a name or an address, in brackets or not. `127.evil.example` is a name like any other.
    public static func isThisMachine(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let name = bare.lowercased()
        if name == "localhost" || name == "::1" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy(isOctet)
    }

    /// Whether the host of a URL is this machine.
    public static func isThisMachine(url: String) -> Bool { isThisMachine(URL(string: url)?.host() ?? "") }

    private static func isOctet(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && UInt8(text) != nil
    }
}
