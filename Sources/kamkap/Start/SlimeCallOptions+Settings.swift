import HTTPCalls
import Settings
import Slime

extension SlimeEndpoint {
    /// Reads the secret; a fault in its file is the configuration's.
    init(_ settings: SlimeSettings) throws {
        self.init(url: settings.endpoint, keyID: settings.keyID, secret: try SecretFile.read(settings.secretFile))
    }
}

extension SlimeCallOptions {
    /// Reads the files that the settings name; a fault in one is the configuration's.
    init(_ settings: SlimeSettings) throws {
        self.init(
            timeout: settings.timeout, connections: settings.concurrency,
            trusted: try settings.certificates.map { try CertificateFile($0, of: "slime") },
            proxy: try settings.proxy.map { try HTTPProxy($0, of: "slime") })
    }
}
