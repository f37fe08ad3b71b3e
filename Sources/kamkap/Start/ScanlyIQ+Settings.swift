import HTTPCalls
import ScanlyIQ
import Settings

extension ScanlyIQEndpoint {
    /// Reads the key; a fault in its file is the configuration's.
    init(_ settings: SlipsSettings) throws {
        let key = try SecretFile.key(settings.keyFile, key: "slips.key_file")
        self.init(url: settings.endpoint, key: key.text)
    }
}

extension ScanlyIQCallOptions {
    /// The worker makes at most four calls at once.
    private static let connections = 4

    /// Reads the files that the settings name; a fault in one is the configuration's.
    init(_ settings: SlipsSettings) throws {
        self.init(
            timeout: .seconds(15), connections: Self.connections,
            trusted: try settings.certificates.map { try CertificateFile($0, of: "slips") },
            proxy: try settings.proxy.map { try HTTPProxy($0, of: "slips") })
    }
}

extension ScanlyIQTerms {
    init(_ settings: SlipsSettings) {
        self.init(model: settings.model, project: settings.project, giveUpAfter: settings.giveUpAfter)
    }
}
