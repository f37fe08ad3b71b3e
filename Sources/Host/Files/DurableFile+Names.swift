import Glibc

extension DurableFile {
    /// Renames a file within its folder to a name under which nothing stands, or an empty file. In one step: whatever
    /// happens meanwhile, the file has one of the two names.
    public static func putInPlace(_ source: String, at path: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            var about = stat()
            if lstat(path, &about) == 0 {
                guard about.st_mode & S_IFMT == S_IFREG, about.st_size == 0 else {
                    throw HostError(.alreadyExists, "\(path) is there already.")
                }
            }
            guard Glibc.rename(source, path) == 0 else { throw .refused("rename \(source) to \(path)") }
            try sync(folder: FilePlace(path: path).folder)
        }
    }
}
