import Glibc

/// What tells a file from another one, and from itself once somebody has written to it.
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

    /// Nil when nothing is there. A symlink is itself.
    init?(of place: FilePlace) {
        var about = stat()
        guard lstat(place.path, &about) == 0 else { return nil }
        self.init(about)
    }

    /// The same file, and nobody has written to it in between. It may have got another name, mode or owner.
    public func hasSameContent(as other: FileState) -> Bool {
        isSameFile(as: other) && size == other.size && written == other.written
    }

    public func isSameFile(as other: FileState) -> Bool { inode == other.inode }
}
