import Glibc

/// What files take up.
public enum FileSize {
    /// Bytes of all of `paths` together; one that does not exist has none.
    public static func total(of paths: [String]) async throws(HostError) -> Int {
        try await BlockingWork.run { () throws(HostError) in
            var total = 0
            for path in paths {
                var about = stat()
                if stat(path, &about) == 0 {
                    total += Int(about.st_size)
                } else if errno != ENOENT {
                    throw .refused("look at \(path)")
                }
            }
            return total
        }
    }
}
