import Glibc

extension Folder {
    /// Makes a folder with its parents for this user alone if it is missing. One that is there keeps its mode.
    public static func makeMissing(_ path: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            if !exists(path) { try make(path, mode: 0o700, group: nil) }
        }
    }

    /// Makes folders one in the other for this user alone, as far as they are missing, and returns the innermost; each is
    /// then on the disk. Throws `notFound` if `root` is no folder: it is not made.
    public static func makeNested(_ names: [String], in root: String) async throws(HostError) -> String {
        try await BlockingWork.run { () throws(HostError) in
            var folder = root
            guard exists(root) else { throw .refused("use \(root) as a folder", errno: ENOENT) }
            for name in names {
                let place = "\(folder)/\(name)"
                if mkdir(place, 0o700) == 0 {
                    try DurableFile.sync(folder: folder)
                } else if errno != EEXIST {
                    throw .refused("make the folder \(place)")
                }
                folder = place
            }
            return folder
        }
    }
}
