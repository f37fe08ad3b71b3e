import HTTPCalls
import Settings

extension CertificateFile {
    /// - Parameter table: the service's, for the message.
    init(_ path: String, of table: String) throws {
        do { try self.init(path: path) } catch {
            throw CommandExit(.badConfiguration, "\(table).ca_file: \(error.message)")
        }
    }
}

extension HTTPProxy {
    /// - Parameter table: the service's, for the message.
    init(_ settings: ProxySettings, of table: String) throws {
        let login = try settings.loginFile.map { try SecretFile.login($0, key: "\(table).proxy_login_file") }
        self.init(host: settings.address.host, port: settings.address.port, login: login)
    }
}
