import Foundation
import Host
import Intake
import Logging
import Runtime

extension ListenerTLS {
    /// A certificate is reported this many days before it expires.
    private static let notice: TimeInterval = 21 * 86_400

    /// Where a certificate and its key lie.
    struct Files {
        /// Absolute paths.
        let certificate: String
        let key: String
        /// The table of the configuration that names them.
        let table: String
        /// Who refuses an expired one.
        let callers: String
    }

    /// Reads both; a fault in one is the configuration's.
    ///
    /// - Parameter logger: told if the certificate expires soon.
    init(_ files: Files, logger: Logger?) throws {
        let text: String
        do { text = try PrivateFile.text(files.key) } catch {
            throw CommandExit(.badConfiguration, "\(files.table).tls_key: \(error.message)")
        }
        do throws(ListenerTLS.Fault) {
            try self.init(certificate: files.certificate, key: text)
        } catch {
            let key = error.isOfKey ? "tls_key" : "tls_certificate"
            throw CommandExit(.badConfiguration, "\(files.table).\(key): \(error.message)")
        }
        guard let logger, expiresAt.timeIntervalSinceNow < Self.notice else { return }
        let day = expiresAt.formatted(.iso8601.year().month().day())
        logger.warning(
            "\(files.table).tls_certificate expires soon or has expired; \(files.callers) then refuse it",
            metadata: [LogKey.expires: "\(day)"])
    }
}
