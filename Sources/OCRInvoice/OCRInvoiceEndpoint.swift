public import HTTPCalls

/// Where the service is, and our key there.
public struct OCRInvoiceEndpoint: Sendable {
    /// Without a slash at its end.
    let url: String
    let key: ServiceKey
    let names: OCRInvoiceNames
    /// Whether it is a loopback address: a simulator.
    let isOnThisMachine: Bool

    /// - Parameters:
    ///   - url: scheme and host, and what stands before every path.
    ///   - key: what the header ``OCRInvoiceNames/keyHeader`` says.
    public init(url: String, key: ServiceKey, names: OCRInvoiceNames = OCRInvoiceNames()) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.key = key
        self.names = names
        isOnThisMachine = Loopback.isThisMachine(url: url)
    }
}

/// How calls are made.
public struct OCRInvoiceCallOptions: Sendable {
    /// One call, from its first byte to the last of the answer.
    public let timeout: Duration
    /// Certificates to trust besides the system's.
    public let trusted: CertificateFile?
    public let proxy: HTTPProxy?

    public init(timeout: Duration, trusted: CertificateFile? = nil, proxy: HTTPProxy? = nil) {
        self.timeout = timeout
        self.trusted = trusted
        self.proxy = proxy
    }

    func calls(connections: Int, maximumAnswer: Int) -> CallOptions {
        CallOptions(
            to: CalledService(OCRInvoiceService.title, table: "supplier_invoices"), timeout: timeout,
            connections: connections, trusted: trusted, proxy: proxy, maximumAnswer: maximumAnswer)
    }
}
