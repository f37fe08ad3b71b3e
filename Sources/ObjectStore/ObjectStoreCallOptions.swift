public import HTTPCalls

/// How calls are made.
public struct ObjectStoreCallOptions: Sendable {
    /// The table of the configuration that messages name: `supplier_invoices.object_store`.
    public let table: String
    /// One call that sends no object, from its first byte to the last of the answer.
    public let timeout: Duration
    /// The upload of one object. A shop's line may take minutes for 32 MiB.
    public let uploadTimeout: Duration
    /// Most connections to keep open.
    public let connections: Int
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?

    public init(
        table: String, timeout: Duration, uploadTimeout: Duration, connections: Int = 2,
        trusted: CertificateFile? = nil, proxy: HTTPProxy? = nil
    ) {
        self.table = table
        self.timeout = timeout
        self.uploadTimeout = uploadTimeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
    }

    func calls(timeout: Duration) -> CallOptions {
        CallOptions(
            to: CalledService("the object store", table: table), timeout: timeout, connections: connections,
            trusted: trusted, proxy: proxy, maximumAnswer: Self.maximumAnswer)
    }

    /// Bytes. An error has a few hundred, and some thousand where it quotes the request.
    private static let maximumAnswer = 64 << 10
}
