import Glibc

/// Proof that this process is the only one of its kind: an exclusive `flock` for as long as the value lives.
///
/// The file stays when the lock is released: deleting it could take it from under the next holder.
public struct LockFile: ~Copyable, Sendable {
    public let path: String
    private let descriptor: CInt

    /// Takes the lock, or throws `alreadyHeld` with the holder's process id; never waits.
    public init(path: String) throws(HostError) {
        let file = Descriptor(Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600))
        guard file.number >= 0 else { throw .refused("open the lock file \(path)") }
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .refused("lock \(path)") }
            let holder = Self.holder(file.number).map { "process \($0)" } ?? "another process"
            throw HostError(
                .alreadyHeld, "\(path) is held by \(holder): it is running already. Stop it, or use another directory.")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(file.number, 0) == 0, pwrite(file.number, text, text.count, 0) == text.count else {
            throw .refused("write to the lock file \(path)")
        }
        self.path = path
        descriptor = file.release()
    }

    /// Releases the lock here and now; else it is released where the value ends.
    public consuming func release() {}

    deinit {
        // Not by closing alone: a child process that is being started holds a copy until it execs.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func holder(_ file: CInt) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 24)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
