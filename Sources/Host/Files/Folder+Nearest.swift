import Glibc

extension Folder {
    /// The nearest folder on the way to a path that is there, the path itself included.
    ///
    /// - Throws: `permissionDenied` if this user may not put files there, and whatever else keeps him from it.
    public static func nearestWritable(to path: String) async throws(HostError) -> String {
        try await BlockingWork.run { () throws(HostError) in
            var (folder, about) = (path, stat())
            while stat(folder, &about) != 0, folder != "/", let slash = folder.lastIndex(of: "/") {
                folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            }
            guard exists(folder) else { throw .refused("use \(folder) as a folder", errno: ENOTDIR) }
            guard access(folder, W_OK | X_OK) == 0 else { throw .refused("write in the folder \(folder)") }
            return folder
        }
    }
}
