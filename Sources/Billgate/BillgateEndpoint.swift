public import HTTPCalls

/// Where Billgate is, and our key there.
public struct BillgateEndpoint: Sendable {
    /// The page's server "Production".
    public static let production = "https://api.billme.co.th"

    /// Without a slash at its end.
    public let url: String
    let key: String
    /// Whether it is a loopback address: a simulator.
    let isOnThisMachine: Bool

    /// - Parameters:
    ///   - url: scheme and host; the page's paths follow it.
    ///   - key: the header `X-API-Key`, as Billbox shows it under การตั้งค่า/Billgate API.
    public init(url: String, key: String) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.key = key
        isOnThisMachine = Loopback.isThisMachine(url: url)
    }
}

/// How calls are made.
public struct BillgateCallOptions: Sendable {
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// Most connections to keep open.
    public let connections: Int
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?

    public init(
        timeout: Duration, connections: Int, trusted: CertificateFile? = nil, proxy: HTTPProxy? = nil
    ) {
        self.timeout = timeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
    }

    func calls(connections: Int, maximumAnswer: Int) -> CallOptions {
        CallOptions(
            to: CalledService("Billgate", table: "billgate"), timeout: timeout, connections: connections,
            trusted: trusted, proxy: proxy, maximumAnswer: maximumAnswer)
    }
}
