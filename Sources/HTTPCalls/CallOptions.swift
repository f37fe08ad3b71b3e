/// Whom calls go to, and how they are made.
public struct CallOptions: Sendable {
    /// The service's name, as people know it: `Slime`.
    public let service: String
    /// Its table in the configuration, whose keys the words for a failure name: `slime`.
    public let table: String
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// Connections kept open at most.
    public let connections: Int
    /// Certificates that are trusted besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?
    /// The longest answer that is read, in bytes, unpacked.
    public let maximumAnswer: Int

    public init(
        service: String, table: String, timeout: Duration, connections: Int, trusted: CertificateFile? = nil,
        proxy: HTTPProxy? = nil, maximumAnswer: Int
    ) {
        self.service = service
        self.table = table
        self.timeout = timeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
        self.maximumAnswer = maximumAnswer
    }
}
