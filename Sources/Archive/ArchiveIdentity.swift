import Foundation
import Host
import Synchronization

/// Whether a folder is still the archive that it was: its mark has the id that the store remembers.
final class ArchiveIdentity: Sendable {
    static let markName = ".kamkap-archive"

    private let folder: String
    private let mark: FolderMark
    private let memory: ArchiveMemory
    private let known: Mutex<String?>

    init(folder: String, memory: ArchiveMemory) throws(HostError) {
        self.folder = folder
        self.memory = memory
        mark = FolderMark(try FilePlace(path: "\(folder)/\(Self.markName)"))
        known = Mutex(memory.id)
    }

    /// Throws if the folder is not the one that was used before. Only if none was, it is made and marked.
    func prove() async throws(HostError) {
        guard let id = known.withLock(\.self) else { return try await begin() }
        guard var found = try await mark.text() else { throw missing }
        // Whoever has emptied it, or made it empty, says that this is the folder from now on.
        if found.isEmpty { found = try await mark.make(id) }
        guard found == id else { throw another }
    }

    private func begin() async throws(HostError) {
        try await Folder.makeMissing(folder)
        let id = try await mark.make(UUID().uuidString)
        guard UUID(uuidString: id) != nil else { throw another }
        try await memory.remember(id)
        known.withLock { $0 = id }
    }

    private var missing: HostError {
        HostError(
            .notFound,
            "\(folder) has held documents before, and its file \(Self.markName) is gone: the disk is not mounted, or this is another folder. Mount the disk. If documents are to go into this folder from now on, make that file (touch \(mark.place))."
        )
    }

    private var another: HostError {
        HostError(
            .changed,
            "\(mark.place) has another id than expected: this is not the folder in which the store's documents are. Mount the right disk. If documents are to go into this folder from now on, empty that file (truncate -s 0 \(mark.place))."
        )
    }
}
