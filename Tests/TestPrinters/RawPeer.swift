import Dispatch
import Foundation
import Synchronization

/// The other end of a TCP connection, on a socket of its own with a receive buffer as small as the system allows: what its
/// script does not read stays with the sender.
public final class RawPeer: Sendable {
    public struct Failure: Error {
        public let code: Int32
    }

    public let port: Int
    private let listener: Int32
    private let taken = Mutex<[UInt8]>([])
    /// Signalled when the test is over; whoever has waited signals it on.
    private let over = DispatchSemaphore(value: 0)
    private let accepted = Mutex(0)

    /// One accepted connection, for the script.
    public struct Line {
        let descriptor: Int32
        public let peer: RawPeer

        /// Reads once; false at the end of the stream, or when it is broken.
        @discardableResult
        public func read(_ count: Int = 4_096) -> Bool {
            var bytes = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &bytes, count, 0)
            if got > 0 { peer.taken.withLock { $0 += bytes[..<got] } }
            return got > 0
        }

        public func readToTheEnd() { while read() {} }

        /// Closes without an end of the stream: the sender's system is told that nothing more is taken.
        public func reset() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
        }

        /// Waits until the test has seen what it came for.
        public func untilOver() {
            peer.over.wait()
            peer.over.signal()
        }
    }

    /// Plays `script` for each connection, each on a thread of its own, and closes it then.
    public init(_ script: @escaping @Sendable (Line) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var size: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 4) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw Failure(code: errno) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                accepted.withLock { $0 += 1 }
                Thread.detachNewThread {
                    script(Line(descriptor: descriptor, peer: self))
                    close(descriptor)
                }
            }
        }
    }

    /// How many connections were let in so far.
    public var connections: Int { accepted.withLock { $0 } }

    /// Everything that was read so far.
    public var received: [UInt8] { taken.withLock { $0 } }

    /// The test is over; nobody is let in any more.
    public func end() {
        over.signal()
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
