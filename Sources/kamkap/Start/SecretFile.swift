import Foundation

/// The signing secret: the file's text, without one newline at its end.
enum SecretFile {
    static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw CommandExit(
                .badConfiguration,
                "slime.secret_file: \(path) cannot be read as text; does it exist, and may this user read it?")
        }
        let secret = text.hasSuffix("\r\n") ? text.dropLast(1) : text.hasSuffix("\n") ? text.dropLast(1) : text[...]
        guard !secret.isEmpty else { throw CommandExit(.badConfiguration, "slime.secret_file: \(path) is empty") }
        return String(secret)
    }
}
