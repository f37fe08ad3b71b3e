public import HTTPCalls

/// How calls are made.
public struct ScanlyIQCallOptions: Sendable {
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// The same for an upload: a shop's line may take long for an image.
    public let uploadTimeout: Duration
    /// Most connections to keep open, for uploads and for the other calls each.
    public let connections: Int
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?

    public init(
        timeout: Duration, uploadTimeout: Duration = .seconds(60), connections: Int, trusted: CertificateFile? = nil,
        proxy: HTTPProxy? = nil
    ) {
        self.timeout = timeout
        self.uploadTimeout = uploadTimeout
        self.connections = connections
        self.trusted = trusted
        self.proxy = proxy
    }

    func calls(timeout: Duration) -> CallOptions {
        CallOptions(
            to: CalledService("ScanlyIQ", table: "slips"), timeout: timeout, connections: connections,
            trusted: trusted, proxy: proxy, maximumAnswer: Self.maximumAnswer)
    }

    /// No documented answer is nearly as long.
    private static let maximumAnswer = 1 << 20
}
