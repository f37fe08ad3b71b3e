import Glibc

/// Distinguishes a file from another one, and from itself after somebody has written to it.
public struct FileState: Sendable, Hashable {
    struct Moment: Hashable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) {
            seconds = time.tv_sec
            nanoseconds = time.tv_nsec
        }
    }

    let inode: UInt
    /// Bytes.
    public let size: Int
    let written: Moment
    /// Of its name, mode or owner as well.
    let changed: Moment

    init(_ about: stat) {
        inode = UInt(about.st_ino)
        size = Int(about.st_size)
        written = Moment(about.st_mtim)
        changed = Moment(about.st_ctim)
    }

    /// Nil if nothing is there. A symlink counts as itself.
    init?(of place: FilePlace) {
        var about = stat()
        guard lstat(place.path, &about) == 0 else { return nil }
        self.init(about)
    }

    /// Whether it is the same file and nobody has written to it in between. Its name, mode or owner may have changed.
    public func hasSameContent(as other: FileState) -> Bool {
        isSameFile(as: other) && size == other.size && written == other.written
    }

    public func isSameFile(as other: FileState) -> Bool { inode == other.inode }
}
