import Foundation
import Host

/// The folders that the gateway needs; those that it makes are for its user alone.
enum Folders {
    static func make(for file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        do { try Folder.make(folder, mode: 0o700, group: nil) } catch { throw CommandExit(.systemFault, error.message) }
    }
}
