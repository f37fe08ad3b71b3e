public import HTTPCalls

/// Where Slime is, and our identity there.
public struct SlimeEndpoint: Sendable {
    public let url: String
    public let keyID: String
    let secret: String

    /// - Parameters:
    ///   - url: the project's own: `https://…/projects/{projectId}/api`.
    ///   - secret: as Slime gave it.
    public init(url: String, keyID: String, secret: String) {
        self.url = url
        self.keyID = keyID
        self.secret = secret
    }
}

/// How calls are made.
public struct SlimeCallOptions: Sendable {
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
}
