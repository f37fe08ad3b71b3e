import Glibc
public import NIOCore

/// Who is at the other end of a Unix socket, as the kernel noted it when they connected.
public struct PeerCredentials: Sendable, Hashable {
    public let processID: Int32
    public let userID: UInt32
    public let groupID: UInt32

    public init(descriptor: CInt) throws(HostError) {
        var raw = RawCredentials()
        var size = socklen_t(MemoryLayout<RawCredentials>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &raw, &size) == 0 else {
            throw .refused("ask who is at the other end of a socket")
        }
        try self.init(raw)
    }

    /// Of a channel over a Unix socket; throws on any other.
    public init(channel: any Channel) async throws(HostError) {
        guard let options = channel as? any SocketOptionProvider else { throw Self.notUnix }
        let raw: RawCredentials
        do {
            raw = try await options.unsafeGetSocketOption(
                level: SocketOptionLevel(SOL_SOCKET), name: SocketOptionName(SO_PEERCRED)
            ).get()
        } catch {
            throw HostError(.system, "Cannot ask who is at the other end of a connection: \(error).")
        }
        try self.init(raw)
    }

    private init(_ raw: RawCredentials) throws(HostError) {
        // What the kernel says of a socket that is not a Unix socket.
        guard raw.userID != .max else { throw Self.notUnix }
        processID = raw.processID
        userID = raw.userID
        groupID = raw.groupID
    }

    private static var notUnix: HostError {
        HostError(.system, "Only a Unix socket tells who is at its other end.")
    }
}

/// `struct ucred` of unix(7), which the C library shows to GNU sources only.
private struct RawCredentials: Sendable {
    var processID: Int32 = 0
    var userID: UInt32 = .max
    var groupID: UInt32 = .max
}
