import Glibc
import NIOCore

/// A listening TCP socket, ready to be adopted by a server.
public enum TCPSocket {
    /// Binds and listens. Whoever adopts the descriptor closes it.
    ///
    /// An address that the machine does not have yet, because its network comes up later, is no fault.
    /// - Parameter host: an address, or a name that resolves to one.
    public static func listen(host: String, port: Int, backlog: CInt = 512) throws(HostError) -> CInt {
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let address: SocketAddress
        do { address = try SocketAddress.makeAddressResolvingHost(host, port: port) } catch {
            throw HostError(.notFound, "\(host) is no address, and no name that this machine knows.")
        }
        let type = SocketKind.stream | SocketKind.closeOnExec | SocketKind.nonBlocking
        let socket = Descriptor(socket(address.protocol == .inet6 ? AF_INET6 : AF_INET, type, 0))
        guard socket.number >= 0 else { throw .refused("open a socket for \(place)") }
        try set(SO_REUSEADDR, level: SOL_SOCKET, of: socket.number)
        try set(IP_FREEBIND, level: CInt(IPPROTO_IP), of: socket.number)
        guard address.withSockAddr({ Glibc.bind(socket.number, $0, socklen_t($1)) }) == 0,
            Glibc.listen(socket.number, backlog) == 0
        else {
            guard errno == EADDRINUSE else { throw .refused("listen on \(place)") }
            throw HostError(
                .addressInUse, "Another process listens on \(place). Stop it, or name another port.", errno: EADDRINUSE)
        }
        return socket.release()
    }

    private static func set(_ option: CInt, level: CInt, of socket: CInt) throws(HostError) {
        var on: CInt = 1
        guard setsockopt(socket, level, option, &on, socklen_t(MemoryLayout<CInt>.size)) == 0 else {
            throw .refused("set up a socket")
        }
    }
}
