import HTTPCalls
import Host

/// Files with a secret: its text, without one newline at its end.
enum SecretFile {
    /// The signing secret.
    static func read(_ path: String) throws -> String {
        let secret: String
        do { secret = try PrivateFile.text(path, mayBePublic: true) } catch {
            throw CommandExit(.badConfiguration, "slime.secret_file: \(error.message)")
        }
        guard !secret.isEmpty else { throw CommandExit(.badConfiguration, "slime.secret_file: \(path) is empty") }
        return secret
    }

    /// A key that goes into a header as it is.
    static func key(_ path: String, key: String) throws -> ServiceKey {
        let line: String
        do { line = try PrivateFile.text(path, mayBePublic: true) } catch {
            throw CommandExit(.badConfiguration, "\(key): \(error.message)")
        }
        guard !line.isEmpty else { throw CommandExit(.badConfiguration, "\(key): \(path) is empty") }
        guard let found = ServiceKey(line: line) else {
            throw CommandExit(.badConfiguration, "\(key): \(path) is to hold \(ServiceKey.rule)")
        }
        return found
    }

    /// The login at a proxy.
    static func login(_ path: String, key: String) throws -> ProxyLogin {
        let line: String
        do { line = try PrivateFile.text(path) } catch {
            throw CommandExit(.badConfiguration, "\(key): \(error.message)")
        }
        guard let login = ProxyLogin(line: line) else {
            throw CommandExit(.badConfiguration, "\(key): \(path) is to hold \(ProxyLogin.rule)")
        }
        return login
    }
}
