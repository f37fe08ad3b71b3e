import Foundation
import Settings
import Slime

extension SlimeClient {
    init(_ settings: SlimeSettings, secret: String) throws {
        if let file = settings.certificates, !FileManager.default.isReadableFile(atPath: file) {
            throw CommandExit(.badConfiguration, "slime.ca_file: \(file) cannot be read")
        }
        self.init(
            endpoint: SlimeEndpoint(url: settings.endpoint, keyID: settings.keyID, secret: secret),
            options: SlimeCallOptions(
                timeout: settings.timeout, connections: settings.concurrency,
                additionalCertificates: settings.certificates.map { URL(fileURLWithPath: $0) }))
    }
}
