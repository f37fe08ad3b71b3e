import Foundation
import Host
import Testing

/// A directory of a test's own, removed with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        // Short: a Unix socket's path has 107 bytes.
        path = "/tmp/kamkap-host-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    func place(_ name: String) throws -> FilePlace { FilePlace(path, try #require(FileName(name))) }

    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: self(name))[.posixPermissions] as? Int
    }

    func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: self(name))))
    }

    func put(_ text: String, in name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: self(name)))
    }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}
