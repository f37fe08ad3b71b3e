import Host

/// The signing secret: the file's text, without one newline at its end.
enum SecretFile {
    static func read(_ path: String) throws -> String {
        let secret: String
        do { secret = try PrivateFile.text(path, mayBePublic: true) } catch {
            throw CommandExit(.badConfiguration, "slime.secret_file: \(error.message)")
        }
        guard !secret.isEmpty else { throw CommandExit(.badConfiguration, "slime.secret_file: \(path) is empty") }
        return secret
    }
}
