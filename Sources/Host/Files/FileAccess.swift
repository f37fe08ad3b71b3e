import Glibc

/// Who may read a file.
public struct FileAccess: Sendable, Hashable {
    let mode: mode_t
    /// Nil leaves the group that a file is made with.
    let group: gid_t?

    /// - Parameters:
    ///   - mode: permission bits, such as 0o640.
    ///   - group: a group's name; nil leaves the group that a file is made with.
    public init(mode: UInt32, group: String? = nil) throws(HostError) {
        self.init(mode, try group.map { name throws(HostError) in try UnixSocket.groupID(name) })
    }

    init(_ mode: mode_t, _ group: gid_t? = nil) {
        self.mode = mode & 0o777
        self.group = group
    }

    /// Files of nobody else's.
    public static let ownerOnly = FileAccess(0o600)

    func give(to place: FilePlace) throws(HostError) {
        if let group, !FileGroup.give(place.path, to: group) {
            throw .refused("give \(place) to the group with the number \(group)")
        }
        // The umask may have taken bits away that were asked for.
        guard chmod(place.path, mode) == 0 else { throw .refused("set the mode of \(place)") }
    }
}
