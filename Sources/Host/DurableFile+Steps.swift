import Glibc

extension DurableFile {
    static func split(_ path: String) throws(HostError) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let name = String(path[path.index(after: slash)...])
        guard !name.isEmpty, name != ".", name != "..", !path.utf8.contains(0) else {
            throw HostError(.invalidPath, "\(path) does not name a file.")
        }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }

    static func fill(_ path: String, with bytes: [UInt8], mode: UInt32) throws(HostError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let file = Descriptor(Glibc.open(path, flags, mode_t(mode & 0o777)))
        guard file.number >= 0 else { throw .refused("create \(path)") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .refused("write \(path)")
            }
        }
        // The umask may have taken bits away that were asked for.
        guard fchmod(file.number, mode_t(mode & 0o777)) == 0, fsync(file.number) == 0 else {
            throw .refused("keep \(path) on the disk")
        }
    }

    /// Gives a file the first name that is free.
    static func place(
        _ source: String, directory: String, name: String, collision: Collision, isOurs: Bool
    ) throws(HostError) -> String {
        guard FileIdentity(of: source) != nil else { throw .refused("move \(source)") }
        for number in 0...(collision == .number ? mostNumbers : 0) {
            let path = "\(directory)/\(number == 0 ? name : numbered(name, number))"
            let outcome = isOurs ? linked(source, path) : renamed(source, path)
            if outcome == 0 { return path }
            guard outcome == EEXIST, collision == .number else {
                throw .refused("move \(source) to \(path)", errno: outcome)
            }
        }
        throw HostError(.alreadyExists, "\(directory) holds \(mostNumbers) files called \(name) already. Clear it.")
    }

    /// Renames without overwriting, by a link; some file systems have none.
    private static func linked(_ source: String, _ path: String) -> CInt {
        guard link(source, path) == 0 else {
            return errno == EPERM || errno == EOPNOTSUPP ? renamed(source, path) : errno
        }
        unlink(source)
        return 0
    }

    /// Renames without overwriting: over an empty file of our own that reserved the name. Linux lets nobody link to a
    /// stranger's file that they cannot write, so what a till has left is moved in this way.
    private static func renamed(_ source: String, _ path: String) -> CInt {
        let reserved = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard reserved >= 0 else { return errno }
        close(reserved)
        guard rename(source, path) == 0 else {
            let failure = errno
            unlink(path)
            return failure
        }
        return 0
    }

    /// `name-1.json`; a name without an ending gets the number at its end.
    static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name)-\(number)" }
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }

    static func sync(directory: String) throws(HostError) {
        let folder = Descriptor(Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard folder.number >= 0, fsync(folder.number) == 0 else { throw .refused("keep \(directory) on the disk") }
    }

    static func contents(of file: CInt, path: String, maxBytes: Int) throws(HostError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1_024)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .refused("read \(path)")
            }
            bytes += piece[..<count]
            guard bytes.count <= maxBytes else {
                throw HostError(.tooLarge, "\(path) is larger than the \(maxBytes) bytes that are taken.")
            }
        }
    }
}
