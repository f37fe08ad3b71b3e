public import HTTPCalls

/// Where Slime is, and our identity there.
public struct SlimeEndpoint: Sendable {
    public let url: String
    public let keyID: String
    let secret: String
    /// Whether it is a loopback address: a simulator.
    let isOnThisMachine: Bool

    /// - Parameters:
    ///   - url: the project's own: `https://…/projects/{projectId}/api`.
    ///   - secret: as Slime gave it.
    public init(url: String, keyID: String, secret: String) {
        self.url = url
        self.keyID = keyID
        self.secret = secret
        isOnThisMachine = Loopback.isThisMachine(url: url)
    }
}

/// How calls are made.
public struct SlimeCallOptions: Sendable {
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// One file, from where Slime says that it is.
    public let fileTimeout: Duration
    /// Most connections to keep open.
    public let connections: Int
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?

    public init(
        timeout: Duration, fileTimeout: Duration = .seconds(30), connections: Int, trusted: CertificateFile? = nil,
        proxy: HTTPProxy? = nil
    ) {
        self.timeout = timeout
        self.fileTimeout = fileTimeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
    }

    func calls(connections: Int, maximumAnswer: Int, timeout: Duration? = nil) -> CallOptions {
        CallOptions(
            to: CalledService("Slime", table: "slime"), timeout: timeout ?? self.timeout, connections: connections,
            trusted: trusted, proxy: proxy, maximumAnswer: maximumAnswer)
    }
}
