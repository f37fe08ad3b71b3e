import Glibc

/// Files that are whole or not there, and still there after a power cut.
public enum DurableFile {
    /// What to do when the name is taken. Nothing is ever overwritten.
    public enum Collision: Sendable, Hashable {
        /// Throw `alreadyExists`.
        case refuse
        /// Take the first free one of `name-1.json`, `name-2.json` and so on.
        case number
    }

    /// The most numbers tried for one name.
    static let mostNumbers = 10_000

    /// Writes a new file and returns the path it got. It appears under that path whole, and after it is on the disk.
    public static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, collision: Collision = .refuse
    ) async throws(HostError) -> String {
        try await BlockingWork.run { () throws(HostError) in
            let (directory, name) = try split(path)
            let draft = "\(directory)/.tmp-\(getpid())-\(UInt64.random(in: 0 ... .max))-\(name.prefix(32))"
            do throws(HostError) {
                try fill(draft, with: bytes, mode: mode)
                let placed = try place(draft, directory: directory, name: name, collision: collision, isOurs: true)
                try sync(directory: directory)
                return placed
            } catch {
                unlink(draft)
                throw error
            }
        }
    }

    /// Moves a file within its file system and returns the path it got; both directories are on the disk then.
    public static func move(
        _ source: String, to path: String, collision: Collision = .number
    ) async throws(HostError) -> String {
        try await BlockingWork.run { () throws(HostError) in
            let (directory, name) = try split(path)
            let placed = try place(source, directory: directory, name: name, collision: collision, isOurs: false)
            try sync(directory: directory)
            let origin = try split(source).directory
            if origin != directory { try sync(directory: origin) }
            return placed
        }
    }

    /// Reads a regular file of at most `maxBytes`; symlinks, devices, pipes and directories are `notARegularFile`.
    public static func read(_ path: String, maxBytes: Int) async throws(HostError) -> [UInt8] {
        try await BlockingWork.run { () throws(HostError) in
            // Without O_NONBLOCK a named pipe would hold us here until somebody writes to it.
            let file = Descriptor(Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
            let notRegular = HostError(.notARegularFile, "\(path) is not a regular file.")
            guard file.number >= 0 else {
                let number = errno
                throw number == ELOOP || number == ENXIO ? notRegular : .refused("read \(path)", errno: number)
            }
            var about = stat()
            guard fstat(file.number, &about) == 0 else { throw .refused("look at \(path)") }
            guard about.st_mode & S_IFMT == S_IFREG else { throw notRegular }
            return try contents(of: file.number, path: path, maxBytes: max(maxBytes, 0))
        }
    }
}
