import HTTPCalls
import Settings
import Slime

extension Settings {
    /// The only provider so far.
    func slimeOrExit() throws -> SlimeSettings {
        guard let slime else {
            throw CommandExit(.badConfiguration, "slime: the table [slime] is required, but missing")
        }
        return slime
    }
}

extension SlimeClient {
    init(_ settings: SlimeSettings, secret: String) throws {
        self.init(
            endpoint: SlimeEndpoint(url: settings.endpoint, keyID: settings.keyID, secret: secret),
            options: try SlimeCallOptions(settings))
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
