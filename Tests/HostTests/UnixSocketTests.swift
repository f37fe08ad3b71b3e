import Foundation
import Host
import NIOCore
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(1))) struct UnixSocketTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func connect(_ name: String) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: folder(name)).get()
    }

    @Test("a socket listens at its path, with its mode, and leaves nothing else there") func fresh() async throws {
        let socket = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o660)
        try await connect("pos.sock").close()
        #expect(try folder.mode(of: "pos.sock") == 0o660)
        #expect(try folder.names == ["pos.sock"])
        #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
        socket.remove()
        #expect(try folder.names == [])
        close(socket.descriptor)
    }

    @Test("a stale socket and a stale draft are replaced") func stale() async throws {
        for name in ["pos.sock", "pos.sock.new"] {
            close(try UnixSocket.bind(path: folder(name), mode: 0o600).descriptor)
        }
        #expect(try folder.names == ["pos.sock", "pos.sock.new"])
        let socket = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600)
        try await connect("pos.sock").close()
        #expect(try folder.names == ["pos.sock"])
        close(socket.descriptor)
    }

    @Test("a live socket is refused, even when its queue is full") func live() throws {
        let socket = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600, backlog: 0)
        for _ in 0..<3 {
            let error = #expect(throws: HostError.self) { try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600) }
            #expect(error?.code == .addressInUse)
            #expect(error?.message.contains(folder("pos.sock")) == true)
        }
        close(socket.descriptor)
    }

    @Test("what is no socket is refused and left alone", arguments: ["pos.sock", "pos.sock.new"])
    func notASocket(name: String) throws {
        try folder.put("precious", in: name)
        let error = #expect(throws: HostError.self) { try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600) }
        #expect(error?.code == .notASocket)
        #expect(try folder.bytes(of: name) == Array("precious".utf8))
    }

    @Test("a symlink to a live socket is no socket") func symlink() throws {
        let socket = try UnixSocket.bind(path: folder("real.sock"), mode: 0o600)
        try FileManager.default.createSymbolicLink(atPath: folder("pos.sock"), withDestinationPath: "real.sock")
        let error = #expect(throws: HostError.self) { try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600) }
        #expect(error?.code == .notASocket)
        close(socket.descriptor)
    }

    @Test("a successor's socket is not removed") func successor() throws {
        let first = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600)
        close(first.descriptor)
        let second = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600)
        first.remove()
        #expect(try folder.names == ["pos.sock"])
        second.remove()
        #expect(try folder.names == [])
        close(second.descriptor)
    }

    @Test(
        "a path that is too long, a folder that is missing and a group that is unknown are told apart")
    func refused() throws {
        let long = #expect(throws: HostError.self) {
            try UnixSocket.bind(path: folder(String(repeating: "x", count: 100)), mode: 0o600)
        }
        #expect(long?.code == .invalidPath)
        let missing = #expect(throws: HostError.self) { try UnixSocket.bind(path: folder("no/pos.sock"), mode: 0o600) }
        #expect(missing?.code == .notFound)
        let group = #expect(throws: HostError.self) {
            try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600, group: "no-such-group")
        }
        #expect(group?.code == .unknownGroup)
        #expect(try folder.names == [])
    }

    @Test("the socket belongs to the group named") func group() throws {
        var entry = try #require(getgrgid(getgid())?.pointee)
        // Only root may give a file to a group it is not in.
        if getuid() == 0 { entry = try #require(getgrnam("daemon")?.pointee) }
        let (id, name) = (entry.gr_gid, String(cString: entry.gr_name))
        let socket = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o660, group: name)
        var about = stat()
        #expect(lstat(folder("pos.sock"), &about) == 0)
        #expect(about.st_gid == id)
        #expect(try folder.mode(of: "pos.sock") == 0o660)
        close(socket.descriptor)
    }

    @Test("a client is known by its credentials, from a descriptor and from a channel") func credentials() async throws
    {
        let socket = try UnixSocket.bind(path: folder("pos.sock"), mode: 0o600)
        let client = try await connect("pos.sock")
        let accepted = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(socket.descriptor) { channel in channel.eventLoop.makeSucceededFuture(channel) }
        let credentials = try await accepted.executeThenClose { channels -> PeerCredentials? in
            for try await channel in channels {
                defer { channel.close(promise: nil) }
                return try await PeerCredentials(channel: channel)
            }
            return nil
        }
        try? await client.close()
        #expect(credentials?.processID == getpid())
        #expect(credentials?.userID == getuid())
        #expect(credentials?.groupID == getgid())
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
        #expect(try PeerCredentials(descriptor: pair[0]).processID == getpid())
        for descriptor in pair { close(descriptor) }
    }

    @Test("only a Unix socket has credentials") func noCredentials() throws {
        let descriptor = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #expect(throws: HostError.self) { try PeerCredentials(descriptor: descriptor) }
        #expect(throws: HostError.self) { try PeerCredentials(descriptor: -1) }
        close(descriptor)
    }
}
