import Glibc

/// The group of a file.
enum FileGroup {
    /// Nothing is asked of the system where the file has that group already: a service may be forbidden to ask.
    /// False, with errno, where the system refuses.
    ///
    /// - Parameter path: ends with a NUL.
    static func give(_ path: [CChar], to group: gid_t) -> Bool {
        var about = stat()
        if stat(path, &about) == 0, about.st_gid == group { return true }
        return chown(path, uid_t.max, group) == 0
    }

    static func give(_ path: String, to group: gid_t) -> Bool { give(Array(path.utf8CString), to: group) }
}
