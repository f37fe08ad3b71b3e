import Billgate
import HTTPCalls
import Settings

extension BillgateEndpoint {
    /// Reads the key; a fault in its file is the configuration's.
    init(_ settings: BillgateSettings) throws {
        let key = try SecretFile.key(settings.keyFile, key: "billgate.key_file")
        self.init(url: settings.endpoint, key: key.text)
    }
}

extension BillgateCallOptions {
    /// Reads the files that the settings name; a fault in one is the configuration's.
    init(_ settings: BillgateSettings) throws {
        self.init(
            timeout: settings.timeout, connections: settings.concurrency,
            trusted: try settings.certificates.map { try CertificateFile($0, of: "billgate") },
            proxy: try settings.proxy.map { try HTTPProxy($0, of: "billgate") })
    }
}

extension BillgateTerms {
    init(_ settings: BillgateSettings) {
        self.init(
            numberPrefix: settings.numberPrefix, walkIn: settings.walkIn, lookUpPages: settings.lookUpPages)
    }
}
