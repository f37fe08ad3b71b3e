import Glibc

extension DurableFile {
    /// Renames a file within its folder to a name under which nothing stands, or an empty file. In one step: whatever
    /// happens meanwhile, the file has one of the two names.
    public static func putInPlace(_ source: String, at path: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            let directory = try split(path).directory
            var about = stat()
            if lstat(path, &about) == 0 {
                guard about.st_mode & S_IFMT == S_IFREG, about.st_size == 0 else {
                    throw HostError(.alreadyExists, "\(path) is there already.")
                }
            }
            guard Glibc.rename(source, path) == 0 else { throw .refused("rename \(source) to \(path)") }
            try sync(directory: directory)
        }
    }

    /// Removes a file for good; one that is not there is no fault.
    public static func remove(_ path: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            let directory = try split(path).directory
            guard unlink(path) == 0 || errno == ENOENT else { throw .refused("remove \(path)") }
            try sync(directory: directory)
        }
    }
}
