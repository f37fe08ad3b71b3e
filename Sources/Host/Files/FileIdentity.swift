import Glibc

/// Which file a path leads to, whatever its name.
struct FileIdentity: Sendable, Hashable {
    let device: UInt
    let inode: UInt

    /// Nil if nothing is there. A symlink counts as itself.
    init?(of path: String) {
        var about = stat()
        guard lstat(path, &about) == 0 else { return nil }
        device = UInt(about.st_dev)
        inode = UInt(about.st_ino)
    }
}
