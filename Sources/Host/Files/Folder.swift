public import Foundation
import Glibc

/// Folders that other users put files into.
public enum Folder {
    public enum Kind: Sendable, Hashable {
        case file, directory, symbolicLink, other
    }

    public struct Item: Sendable, Hashable {
        public let name: FileName
        public let kind: Kind
        public let state: FileState

        init?(_ place: FilePlace) throws(HostError) {
            var about = stat()
            guard lstat(place.path, &about) == 0 else {
                // It may have been moved since the folder was read.
                if errno == ENOENT { return nil }
                throw .refused("look at \(place)")
            }
            name = place.name
            state = FileState(about)
            kind =
                switch about.st_mode & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .directory
                case S_IFLNK: .symbolicLink
                default: .other
                }
        }
    }

    /// Makes a folder with its parents. An existing folder keeps its owner and gets the mode and group. If it has them
    /// already, the system is not asked, and it keeps its set-group-ID bit.
    ///
    /// - Parameters:
    ///   - mode: permission bits, such as 0o770.
    ///   - group: a group's name; nil leaves the group as it is.
    public static func make(_ path: String, mode: UInt32, group: String?) throws(HostError) {
        let isNew = try makeMissing(path)
        guard isNew || group != nil || mode != 0o755 else { return }
        if let group {
            guard FileGroup.give(path, to: try UnixSocket.groupID(group)) else {
                throw .refused("give the folder \(path) to the group \(group)")
            }
        }
        var about = stat()
        if stat(path, &about) == 0, about.st_mode & 0o777 == mode_t(mode & 0o777) { return }
        guard chmod(path, mode_t(mode & 0o777)) == 0 else { throw .refused("set the mode of the folder \(path)") }
    }

    public static func exists(_ path: String) -> Bool {
        var about = stat()
        return stat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFDIR
    }

    private static func makeMissing(_ path: String) throws(HostError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        switch errno {
        case EEXIST:
            var about = stat()
            guard stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else {
                throw .refused("use \(path) as a folder", errno: ENOTDIR)
            }
            return false
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                throw .refused("make the folder \(path)")
            }
            _ = try makeMissing(String(path[..<slash]))
            guard mkdir(path, 0o700) == 0 else { throw .refused("make the folder \(path)") }
            return true
        default: throw .refused("make the folder \(path)")
        }
    }

    /// The entries of a folder, ordered by name; symbolic links are not followed.
    public static func list(_ path: String) async throws(HostError) -> [Item] {
        try await BlockingWork.run { () throws(HostError) in try items(of: path) }
    }

    static func items(of path: String) throws(HostError) -> [Item] {
        guard let stream = opendir(path) else { throw HostError.refused("list the folder \(path)") }
        defer { closedir(stream) }
        var items: [Item] = []
        errno = 0
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if let name = FileName(bytes: bytes), let item = try Item(FilePlace(path, name)) { items.append(item) }
            errno = 0
        }
        // Otherwise half a folder would pass for the whole.
        guard errno == 0 else { throw .refused("list the folder \(path)") }
        return items.sorted { $0.name < $1.name }
    }

    /// One entry of a folder; nil if there is none of this name.
    public static func item(_ place: FilePlace) async throws(HostError) -> Item? {
        try await BlockingWork.run { () throws(HostError) in try Item(place) }
    }

    /// Removes regular files that came into the folder before `limit`, at most `most`. Returns how many.
    ///
    /// It uses the time of the file's last status change, which a move is, by this machine's clock: a till's clock does
    /// not matter.
    public static func removeFiles(
        in path: String, changedBefore limit: Date, atMost most: Int
    ) async throws(HostError) -> Int {
        let items = try await list(path)
        return try await BlockingWork.run { () throws(HostError) in
            let limit = Int(limit.timeIntervalSince1970.rounded(.down))
            var removed = 0
            for item in items where item.kind == .file && removed < most {
                guard item.state.changed.seconds < limit else { continue }
                if unlink(FilePlace(path, item.name).path) == 0 { removed += 1 }
            }
            return removed
        }
    }
}
