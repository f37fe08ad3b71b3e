import Glibc

/// Room on a file system.
public enum FreeSpace {
    /// Bytes that an unprivileged process may still write where `path` is.
    public static func available(at path: String) async throws(HostError) -> Int {
        try await BlockingWork.run { () throws(HostError) in
            var about = statvfs()
            guard statvfs(path, &about) == 0 else { throw .refused("find the free space at \(path)") }
            return Int(clamping: UInt64(about.f_bavail) * UInt64(about.f_frsize))
        }
    }
}
