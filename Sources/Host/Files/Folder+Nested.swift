import Glibc

extension Folder {
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

    /// Removes what writes that were cut short have left in a folder. Nobody else may be writing there.
    public static func removeDrafts(in path: String) async throws(HostError) {
        let items = try await list(path)
        try await BlockingWork.run { () throws(HostError) in
            let isAny = items.contains { $0.kind == .file && DurableFile.isDraft($0.name) }
            for item in items where item.kind == .file && DurableFile.isDraft(item.name) {
                unlink(FilePlace(path, item.name).path)
            }
            if isAny { try DurableFile.sync(folder: path) }
        }
    }
}
