import HTTPCalls

/// Where ScanlyIQ is, and our key there.
public struct ScanlyIQEndpoint: Sendable {
    public static let production = "https://www.scanlyiq.com"

    /// Without a slash at its end, and without the `/api` with which the paths begin.
    public let url: String
    let key: String
    /// Whether it is a loopback address: a simulator.
    let isOnThisMachine: Bool

    /// - Parameters:
    ///   - url: scheme and host, or the page's base URL with `/api`.
    ///   - key: as ScanlyIQ shows it under Settings → API Keys.
    public init(url: String, key: String) {
        let bare = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.url = bare.hasSuffix("/api") ? String(bare.dropLast(4)) : bare
        self.key = key
        isOnThisMachine = Loopback.isThisMachine(url: url)
    }
}
