import CSystemd
import Glibc

/// Sockets that systemd opened for us (socket activation).
public enum ListenDescriptors {
    /// A socket and its `FileDescriptorName=`; "unknown" when the unit gave it none.
    public struct Socket: Sendable, Hashable {
        public let descriptor: CInt
        public let name: String

        public var isStream: Bool {
            var (type, size): (CInt, socklen_t) = (0, socklen_t(MemoryLayout<CInt>.size))
            return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0
                && type == SocketKind.stream
        }

        /// Whether it is a Unix socket.
        public var isLocal: Bool {
            var address = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let outcome = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
            return outcome == 0 && CInt(address.ss_family) == AF_UNIX
        }
    }

    /// All of them, in the units' order; empty when the process was started in another way. They are closed on exec.
    public static func received() throws(HostError) -> [Socket] {
        // A variable that is empty is one that is not there.
        for name in ["LISTEN_PID", "LISTEN_FDS"] where getenv(name).map({ $0.pointee == 0 }) ?? true { return [] }
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(0, &names)
        guard count >= 0 else { throw .refused("take over systemd's sockets", errno: -count) }
        defer {
            for index in 0..<Int(count) { free(names?[index]) }
            free(names)
        }
        return (0..<count).map { index in
            let name = names?[Int(index)].map { String(cString: $0) }
            return Socket(descriptor: firstDescriptor + index, name: name ?? "unknown")
        }
    }

    /// `SD_LISTEN_FDS_START`
    private static let firstDescriptor: CInt = 3
}
