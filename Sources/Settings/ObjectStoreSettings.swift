import Sales

/// `[supplier_invoices.object_store]`: a bucket at any server that speaks S3, from which the service fetches a document.
public struct ObjectStoreSettings: Sendable, Equatable {
    /// How a request names the bucket.
    public enum Addressing: String, Sendable, CaseIterable {
        case path, host
    }

    public var endpoint: String
    public var region: String
    public var bucket: String
    public var keyID: String
    /// An absolute path.
    public var secretFile: String
    public var addressing = Addressing.path
    /// How long a link is good.
    public var linkLife = LinkLife.usual
    /// An absolute path.
    public var certificates: String?
    public var proxy: ProxySettings?

    public init(endpoint: String, region: String, bucket: String, keyID: String, secretFile: String) {
        self.endpoint = endpoint
        self.region = region
        self.bucket = bucket
        self.keyID = keyID
        self.secretFile = secretFile
    }
}

extension ObjectStoreSettings {
    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let endpoint = table.parsed("endpoint", required: true, rule: EndpointText.rule, EndpointText.parse)
        let region = table.string("region", required: true)
        let bucket = table.string("bucket", required: true)
        let keyID = table.string("key_id", required: true)
        let secretFile = table.string("secret_file", required: true)
        let addressing = table.choice("addressing", Addressing.self)
        let linkLife = table.parsed("link_life", rule: LinkLife.rule, LinkLife.parse)
        let certificates = table.string("ca_file")
        let proxy = ProxySettings(&table, paths)
        table.refuseUnknownKeys()
        guard let endpoint, let region, let bucket, let keyID, let secretFile else { return nil }
        self.init(
            endpoint: endpoint, region: region, bucket: bucket, keyID: keyID, secretFile: paths.secret(secretFile))
        if let addressing { self.addressing = addressing }
        if let linkLife { self.linkLife = linkLife }
        self.certificates = certificates.map(paths.resolve)
        self.proxy = proxy
    }
}
