/// Where calls go, and how they are made.
public struct CallOptions: Sendable {
    public let service: CalledService
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// Most connections to keep open.
    public let connections: Int
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?
    /// The longest answer to read, in bytes, unpacked.
    public let maximumAnswer: Int

    public init(
        to service: CalledService, timeout: Duration, connections: Int, trusted: CertificateFile? = nil,
        proxy: HTTPProxy? = nil, maximumAnswer: Int
    ) {
        self.service = service
        self.timeout = timeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
        self.maximumAnswer = maximumAnswer
    }
}

/// The service, for messages about a call.
public struct CalledService: Sendable {
    /// As people know it: `Slime`.
    public let name: String
    /// Its table in the configuration; messages about a failure name its keys: `slime`.
    public let table: String

    public init(_ name: String, table: String) {
        self.name = name
        self.table = table
    }
}
