public import Host
import Synchronization

/// The pictures of slips as files of one folder, for the gateway's user alone.
public final class SlipFolder: SlipImages {
    /// Bytes: more than any picture that is taken.
    private static let largest = 64 << 20

    typealias Instant = ContinuousClock.Instant

    public let path: String
    private let drafts = Drafts()
    private let now: @Sendable () -> Instant
    /// When each file was first seen. A file's own times are by a clock that somebody may set.
    private let seen = Mutex<[String: Instant]>([:])

    /// Makes the folder if it is missing.
    public convenience init(_ path: String) throws(HostError) {
        try self.init(path, now: { .now })
    }

    init(_ path: String, now: @escaping @Sendable () -> Instant) throws(HostError) {
        self.path = path
        self.now = now
        try Folder.make(path, mode: 0o700, group: nil)
    }

    public func keep(_ bytes: [UInt8], named name: String) async throws(SlipFolderError) {
        do throws(HostError) {
            let place = try place(name)
            // Somebody may have removed it.
            try await Folder.makeMissing(path)
            try await drafts.sweep(path)
            _ = try await DurableFile.write(bytes, to: place)
        } catch {
            // The folder is there, or its making failed: nothing of ours is missing.
            throw error.code == .notFound ? SlipFolderError(.unusable, error.message) : SlipFolderError(error)
        }
    }

    public func image(named name: String) async throws(SlipFolderError) -> [UInt8] {
        do throws(HostError) {
            return try await DurableFile.read(try place(name), maxBytes: Self.largest).bytes
        } catch {
            throw SlipFolderError(error)
        }
    }

    public func remove(_ name: String) async throws(SlipFolderError) {
        do throws(HostError) {
            try await DurableFile.remove(try place(name))
        } catch {
            guard error.code == .notFound else { throw SlipFolderError(error) }
        }
    }

    public func names(olderThan age: Duration) async throws(SlipFolderError) -> [String] {
        do throws(HostError) {
            // Of a folder that is not there, nothing is old.
            try await Folder.makeMissing(path)
            // Nothing may be kept any more that would sweep them.
            try await drafts.sweep(path)
            let items = try await Folder.list(path).filter { $0.kind == .file && !$0.name.hasPrefix(".") }
            let (names, now) = (items.compactMap { String(validating: $0.name.bytes, as: UTF8.self) }, now())
            return seen.withLock { seen in
                let known = Set(names)
                seen = seen.filter { known.contains($0.key) }
                for name in names where seen[name] == nil { seen[name] = now }
                return names.filter { seen[$0].map { $0.duration(to: now) >= age } ?? false }
            }
        } catch {
            throw SlipFolderError(error)
        }
    }

    private func place(_ name: String) throws(HostError) -> FilePlace {
        guard !name.hasPrefix("."), let name = FileName(name) else {
            throw HostError(.invalidPath, "\(path) has no file of such a name.")
        }
        return FilePlace(path, name)
    }
}
