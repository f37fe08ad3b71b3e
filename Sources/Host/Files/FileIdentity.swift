import Glibc

/// Which file a path leads to, whatever it is called.
struct FileIdentity: Sendable, Hashable {
    let device: UInt
    let inode: UInt

    /// Nil when nothing is there. A symlink is itself.
    init?(of path: String) {
        var about = stat()
        guard lstat(path, &about) == 0 else { return nil }
        device = UInt(about.st_dev)
        inode = UInt(about.st_ino)
    }
}
