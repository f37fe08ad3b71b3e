import HummingbirdCore
import Logging
import Monitoring
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// Accepts connections on a bound socket and answers their requests, until it is asked to stop.
///
/// Hummingbird's own application binds by itself: it silently replaces a live socket file and leaves a moment in which
/// the mode is wrong. So the socket comes from outside, and Hummingbird's HTTP channel serves it.
struct ConnectionService: Sendable {
    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 512
    /// Bytes: most sales fit in one.
    private static let readSize = 8_192
    /// How long idle connections stay open at a stop.
    private static let lastCall: TimeAmount = .milliseconds(200)

    /// How connections are set up before HTTP.
    struct Transport: Sendable {
        let isNetwork: Bool
        /// Asked for every new connection.
        let tls: @Sendable () -> ListenerTLS?
    }

    /// A bound and listening stream socket; it is closed in the end.
    let descriptor: CInt
    let transport: Transport
    /// A connection without a request is closed after this.
    let idle: Duration
    let book: ConnectionRegistry
    let meters: GatewayMeters
    let logger: Logger

    /// - Parameters:
    ///   - opened: called once connections are served.
    func run(
        answer: @escaping HTTPChannelHandler.Responder, opened: @escaping @Sendable () -> Void
    ) async throws {
        let http = HTTP1Channel(responder: answer)
        let pipeline = ListenerPipeline(idle: idle, logger: logger)
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let arrivals = ConnectionArrivals()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .serverChannelOption(.backlog, value: Self.backlog)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // NIO reads up to ten of these ahead of the body's reader: this bounds what a connection may hold.
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.readSize))
            .childChannelInitializer { [transport] channel in
                channel.eventLoop.makeCompletedFuture {
                    if transport.isNetwork {
                        // Answers are small and need no waiting.
                        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
                        if let tls = transport.tls() { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                    }
                    try arrivals.add(try pipeline.setUp(channel))
                }
            }
        let server = try await bootstrap.withBoundSocket(descriptor).get()
        // NIO has listened again with a backlog of its own.
        listen(descriptor, Self.backlog)
        server.closeFuture.whenComplete { _ in arrivals.end() }
        opened()
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map {
                (ObjectIdentifier($0), ConnectionExecutor(eventLoop: $0))
            })
        await withTaskCancellationHandler {
            await serve(arrivals, at: server, http: http, quiescing: quiescing, executors: executors)
        } onCancel: {
            server.close(promise: nil)
        }
        if !Task.isCancelled, !Task.isShuttingDownGracefully { logger.error("listener accepts no more connections") }
    }

    /// At a stop no new connection is accepted, requests under way are answered, and idle connections are closed.
    private func serve(
        _ arrivals: ConnectionArrivals, at server: any Channel, http: HTTP1Channel, quiescing: ServerQuiescingHelper,
        executors: [ObjectIdentifier: ConnectionExecutor]
    ) async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { connections in
                for await connection in arrivals.stream {
                    let place = book.admit(connection.channel)
                    if place == .refused { connection.channel.close(promise: nil) }
                    let executor = executors[ObjectIdentifier(connection.channel.eventLoop)]
                    connections.addTask(executorPreference: executor) {
                        meters.connectionOpened()
                        await http.handle(value: connection, logger: logger)
                        meters.connectionClosed()
                        book.leave(connection.channel)
                    }
                }
            }
        } onGracefulShutdown: {
            server.close(promise: nil)
            // A till that came a moment ago has not sent its request yet, and must not be cut off.
            server.eventLoop.scheduleTask(in: Self.lastCall) { quiescing.initiateShutdown(promise: nil) }
        }
    }
}
