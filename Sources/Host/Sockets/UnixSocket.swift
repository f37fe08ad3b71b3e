import Glibc

/// A listening Unix socket at its final path, with its final mode, ready to be adopted by a server.
public struct UnixSocket: Sendable {
    public let path: String
    /// Listening, non-blocking, closed on exec. Whoever adopts it closes it.
    public let descriptor: CInt
    private let identity: FileIdentity

    /// Binds, listens and only then shows the socket at `path`, so that no till meets it half made.
    ///
    /// A socket there that nobody answers is replaced. Throws `addressInUse` when somebody does, `notASocket` when something
    /// else stands there. Hold a `LockFile` first: it decides between two processes that start at once.
    /// - Parameters:
    ///   - mode: permission bits, such as 0o660.
    ///   - group: a group's name; nil leaves the process's own.
    public static func bind(
        path: String, mode: UInt32, group: String? = nil, backlog: CInt = 256
    ) throws(HostError) -> UnixSocket {
        try clear(path)
        let draft = path + ".new"
        try removeDraft(draft)
        let owner = try group.map { name throws(HostError) in try groupID(name) }
        let socket = try open()
        // The mode given to a socket before it is bound limits the file that bind makes: it is never open to others,
        // and the umask, which all threads share, stays as it is.
        guard fchmod(socket.number, 0o600) == 0 else { throw .refused("make a socket for \(path)") }
        guard try withAddress(draft, { Glibc.bind(socket.number, $0, $1) }) == 0 else {
            throw .refused("bind the socket \(draft)")
        }
        do throws(HostError) {
            if let owner, !FileGroup.give(draft, to: owner) {
                throw HostError.refused("give the socket \(path) to the group \(group ?? ""); is this user in it")
            }
            guard chmod(draft, mode_t(mode & 0o777)) == 0 else { throw HostError.refused("set the mode of \(path)") }
            guard listen(socket.number, backlog) == 0 else { throw HostError.refused("listen on \(path)") }
            guard let identity = FileIdentity(of: draft) else { throw HostError.refused("find the socket \(draft)") }
            guard rename(draft, path) == 0 else { throw HostError.refused("move the socket to \(path)") }
            return UnixSocket(path: path, descriptor: socket.release(), identity: identity)
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Removes the socket file if it is still this one, and not a successor's.
    public func remove() {
        if FileIdentity(of: path) == identity { unlink(path) }
    }
}

extension UnixSocket {
    private static func open() throws(HostError) -> Descriptor {
        let type = SocketKind.stream | SocketKind.closeOnExec | SocketKind.nonBlocking
        let number = socket(AF_UNIX, type, 0)
        guard number >= 0 else { throw .refused("open a Unix socket") }
        return Descriptor(number)
    }

    private static func clear(_ path: String) throws(HostError) {
        var about = stat()
        guard lstat(path, &about) == 0 else {
            guard errno == ENOENT else { throw .refused("look at \(path)") }
            return
        }
        guard about.st_mode & S_IFMT == S_IFSOCK else {
            throw HostError(.notASocket, "\(path) exists and is no socket. Move it away, or name another socket path.")
        }
        let probe = try open()
        let outcome = try withAddress(path) { Glibc.connect(probe.number, $0, $1) == 0 ? 0 : errno }
        switch outcome {
        case ECONNREFUSED, ENOENT: return
        // Listening with a full queue.
        case 0, EAGAIN, EINPROGRESS:
            throw HostError(.addressInUse, "Another process answers on \(path). Stop it, or name another socket path.")
        default: throw .refused("try the socket \(path)", errno: outcome)
        }
    }

    private static func removeDraft(_ draft: String) throws(HostError) {
        var about = stat()
        guard lstat(draft, &about) == 0 else { return }
        guard about.st_mode & S_IFMT == S_IFSOCK else {
            throw HostError(.notASocket, "\(draft) exists and is no socket. Move it away: the name is needed.")
        }
        unlink(draft)
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(HostError) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        guard !bytes.isEmpty, bytes.count <= room, !bytes.contains(0) else {
            throw HostError(.invalidPath, "\(path) cannot be a socket's path: that has 1 to \(room - 4) bytes.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    static func groupID(_ name: String) throws(HostError) -> gid_t {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 65_536)
        let outcome = getgrnam_r(name, &entry, &buffer, buffer.count, &found)
        guard outcome == 0, found != nil else {
            throw HostError(
                .unknownGroup,
                "There is no group \"\(name)\" on this machine. Create it, or name another for the socket.",
                errno: outcome == 0 ? nil : outcome)
        }
        return entry.gr_gid
    }
}
