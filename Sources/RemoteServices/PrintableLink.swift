import Foundation

/// Which links may be printed: https, or http to this machine (the sandbox), and not longer than a QR carries well.
public enum PrintableLink {
    public static let maximumBytes = 512

    /// Why `text` may not be printed, without quoting it; nil if it may.
    public static func fault(of text: String) -> String? {
        guard text.utf8.count <= maximumBytes else {
            return "the service_url has \(text.utf8.count) bytes, expected at most \(maximumBytes)"
        }
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty else {
            return "the service_url is not a URL"
        }
        switch url.scheme?.lowercased() {
        case "https": return nil
        case "http" where isLoopback(host): return nil
        default: return "the service_url is not https"
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }
}
