import Glibc

/// Writes and moves files so that they are whole or absent, and survive a power cut.
public enum DurableFile {
    /// What to do if the name is taken. Nothing is ever overwritten.
    public enum Collision: Sendable, Hashable {
        /// Throw `alreadyExists`.
        case refuse
        /// Take a free name: `name-1.json`, `name-2.json` and so on.
        case number
    }

    /// A file's content, and which file it was.
    public struct Contents: Sendable {
        public let bytes: [UInt8]
        public let state: FileState
    }

    /// Writes a new file and returns its place. The file appears there whole, after it is on the disk.
    public static func write(
        _ bytes: [UInt8], to place: FilePlace, access: FileAccess = .ownerOnly, collision: Collision = .refuse
    ) async throws(HostError) -> FilePlace {
        try await BlockingWork.run { () throws(HostError) in
            var written = draft(in: place.folder)
            do throws(HostError) {
                try fill(written, with: bytes, access: access)
                written = try take(place, collision) { [written] in renamed(written, $0) }
                try sync(folder: place.folder)
                return written
            } catch {
                unlink(written.path)
                throw error
            }
        }
    }

    /// Moves a file and returns its new place; both folders are then on the disk.
    public static func move(
        _ source: String, to path: String, collision: Collision = .number
    ) async throws(HostError) -> String {
        try await move(try FilePlace(path: source), to: try FilePlace(path: path), collision: collision).description
    }

    /// Removes a file; the change of its folder is then on the disk.
    public static func remove(_ place: FilePlace) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            guard unlink(place.path) == 0 else { throw .refused("remove \(place)") }
            try sync(folder: place.folder)
        }
    }

    /// Reads a regular file of at most `maxBytes`. Throws `notARegularFile` for symlinks, devices, pipes and
    /// directories, and `changed` if somebody writes to the file meanwhile.
    public static func read(_ place: FilePlace, maxBytes: Int) async throws(HostError) -> Contents {
        try await BlockingWork.run { () throws(HostError) in try contents(of: place, maxBytes: maxBytes) }
    }

    static func contents(of place: FilePlace, maxBytes: Int) throws(HostError) -> Contents {
        // Without O_NONBLOCK a named pipe would block here until somebody writes to it.
        let file = Descriptor(Glibc.open(place.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        let notRegular = HostError(.notARegularFile, "\(place) is not a regular file.")
        guard file.number >= 0 else {
            let number = errno
            throw number == ELOOP || number == ENXIO ? notRegular : .refused("read \(place)", errno: number)
        }
        var about = stat()
        guard fstat(file.number, &about) == 0 else { throw .refused("look at \(place)") }
        guard about.st_mode & S_IFMT == S_IFREG else { throw notRegular }
        let state = FileState(about)
        let bytes = try contents(of: file.number, path: "\(place)", maxBytes: max(maxBytes, 0))
        guard fstat(file.number, &about) == 0 else { throw .refused("look at \(place)") }
        guard FileState(about).hasSameContent(as: state) else { throw .changed(place) }
        return Contents(bytes: bytes, state: state)
    }
}
