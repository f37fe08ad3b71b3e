import Foundation
import Host
import Testing

/// The environment belongs to the whole process, so these run one after the other.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ServiceNotifierTests {
    @Test("each message arrives at the socket that systemd named, as it wants it") func messages() throws {
        let folder = try TemporaryFolder()
        let receiver = try Receiver(path: folder("notify"))
        setenv("NOTIFY_SOCKET", folder("notify"), 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        let notifier = ServiceNotifier()
        notifier.ready()
        #expect(receiver.next() == "READY=1")
        notifier.status("selling\nREADY=0")
        #expect(receiver.next() == "STATUS=selling READY=0")
        notifier.watchdog()
        #expect(receiver.next() == "WATCHDOG=1")
        notifier.extendTimeout(by: .milliseconds(60_500))
        #expect(receiver.next() == "EXTEND_TIMEOUT_USEC=60500000")
        notifier.stopping()
        #expect(receiver.next() == "STOPPING=1")
    }

    @Test("nothing happens without systemd, or when its socket is gone") func nobody() {
        unsetenv("NOTIFY_SOCKET")
        ServiceNotifier().ready()
        setenv("NOTIFY_SOCKET", "/tmp/no-such-socket", 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        ServiceNotifier().ready()
        #expect(ServiceNotifier().watchdogInterval == nil)
    }

    @Test("the watchdog's interval is the one given to this process") func watchdog() {
        setenv("WATCHDOG_USEC", "30000000", 1)
        setenv("WATCHDOG_PID", "\(getpid())", 1)
        #expect(ServiceNotifier().watchdogInterval == .seconds(30))
        setenv("WATCHDOG_PID", "1", 1)
        #expect(ServiceNotifier().watchdogInterval == nil)
        unsetenv("WATCHDOG_USEC")
        unsetenv("WATCHDOG_PID")
    }

    @Test("sockets given by systemd are taken with their names; without it there are none") func listen() throws {
        #expect(try ListenDescriptors.received() == [])
        let opened = fcntl(3, F_GETFD) < 0 ? dup2(1, 3) : -1
        setenv("LISTEN_PID", "\(getpid())", 1)
        setenv("LISTEN_FDS", "1", 1)
        setenv("LISTEN_FDNAMES", "pos", 1)
        let sockets = try ListenDescriptors.received()
        #expect(sockets.map(\.descriptor) == [3])
        #expect(sockets.map(\.name) == ["pos"])
        setenv("LISTEN_FDS", "nonsense", 1)
        #expect(throws: HostError.self) { try ListenDescriptors.received() }
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        if opened >= 0 { close(opened) }
    }
}

/// A datagram socket in systemd's place.
private struct Receiver: ~Copyable {
    let descriptor: CInt

    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    }

    deinit {
        close(descriptor)
    }

    /// A datagram over a Unix socket is there when its sender's call returns.
    func next() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}
