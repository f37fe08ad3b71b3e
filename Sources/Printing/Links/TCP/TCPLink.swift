import Glibc
public import NIOCore
import NIOPosix
import Synchronization

/// A printer on the network, reached by a raw TCP connection (port 9100 as a rule).
///
/// Such printers serve one connection at a time: open the next when the last is closed. The link leaves them a moment between.
public final class TCPLink: PrinterLink {
    /// Printers refuse or swallow a connection that follows the last one too closely.
    static let pause: Duration = .milliseconds(200)

    public let host: String
    public let port: Int
    public let answers = true
    private let group: any EventLoopGroup
    private let lastClose = Mutex<ContinuousClock.Instant?>(nil)

    public convenience init(host: String, port: Int) {
        self.init(host: host, port: port, group: MultiThreadedEventLoopGroup.singleton)
    }

    public init(host: String, port: Int, group: any EventLoopGroup) {
        self.host = host
        self.port = port
        self.group = group
    }

    public func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection {
        let device = PrinterDevice.tcp(host: host, port: port).description
        if let closed = lastClose.withLock({ $0 }) {
            do {
                try await Task.sleep(until: closed + Self.pause, clock: .continuous)
            } catch {
                throw PrintingError(.cancelled, "Connecting to \(device) was given up.", underlying: error)
            }
        }
        let inbox = Inbox()
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                }
            }
        do {
            let channel = try await bootstrap.connect(host: host, port: port).get()
            let socket = try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
                    TCPSocket(sharing: $0)
                }
            }.get()
            guard let socket = socket ?? nil else {
                channel.close(promise: nil)
                throw IOError(errnoCode: EMFILE, reason: "a second handle on a socket")
            }
            return TCPConnection(channel: channel, socket: socket, inbox: inbox, device: device) { [self] in
                lastClose.withLock { $0 = .now }
            }
        } catch {
            throw PrintingError(
                .cannotConnect,
                """
                Cannot reach \(device): \(Self.reason(error)). Check that the printer is on, that its cable is in \
                and that this is its address.
                """, underlying: error)
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first { return reason(failure.error) }
            return "its name is not known"
        case let error as IOError: return systemReason(error.errnoCode)
        case ChannelError.connectTimeout: return "it did not answer in time"
        default: return "\(error)"
        }
    }
}
