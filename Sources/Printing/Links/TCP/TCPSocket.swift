import Glibc
import Synchronization

/// A second handle on a connection's socket, to see what becomes of what was written.
///
/// It keeps the socket open after its channel has closed: who has to know whether everything arrived closes it last.
final class TCPSocket: Sendable {
    enum Delivery: Sendable, Equatable {
        /// So many bytes are not sent yet, or not acknowledged.
        case held(Int)
        /// The other end's system has all of them.
        case arrived
        /// It refused some of them, or nothing is known of it any more.
        case broken
    }

    private let descriptor: Mutex<CInt?>

    /// Nil where the system has no descriptor left.
    init?(sharing descriptor: CInt) {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { return nil }
        self.descriptor = Mutex(own)
    }

    deinit {
        close()
    }

    /// Nothing more will be written; an orderly end follows what is on its way.
    func endWriting() {
        descriptor.withLock { _ = $0.map { shutdown($0, CInt(SHUT_WR)) } }
    }

    /// `SIOCOUTQ`, which has the number of TIOCOUTQ: bytes of the send queue, those unacknowledged and the end of the stream
    /// among them (tcp(7)).
    func delivery() -> Delivery {
        descriptor.withLock { descriptor in
            guard let descriptor else { return .broken }
            var (error, size) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0, error == 0 else { return .broken }
            var left: CInt = 0
            guard ioctl(descriptor, UInt(TIOCOUTQ), &left) == 0 else { return .broken }
            return left > 0 ? .held(Int(left)) : .arrived
        }
    }

    func close() {
        descriptor.withLock { descriptor in
            if let descriptor { _ = Glibc.close(descriptor) }
            descriptor = nil
        }
    }
}
