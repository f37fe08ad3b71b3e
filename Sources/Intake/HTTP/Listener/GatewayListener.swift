import Gateway
import HummingbirdCore
public import Logging
public import Monitoring
import NIOCore
import NIOExtras
import NIOPosix
public import ServiceLifecycle

/// Serves tills on a bound socket, until it is asked to stop.
///
/// Hummingbird's own application binds by itself: it silently replaces a live socket file and leaves a moment in which
/// the mode is wrong. So the socket comes from outside, and Hummingbird's HTTP channel and router serve it.
public struct GatewayListener: Service {
    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 512
    /// Bytes: most sales fit in one.
    private static let readSize = 8_192
    /// How long idle connections stay open at a stop.
    private static let lastCall: TimeAmount = .milliseconds(200)

    private let descriptor: CInt
    private let rules: ListenerRules
    private let api: GatewayRouter
    private let meters: GatewayMeters
    private let opened: @Sendable () -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - descriptor: a bound and listening stream socket; it is closed when the service ends.
    ///   - opened: called once tills are served.
    public init(
        descriptor: CInt, rules: ListenerRules = ListenerRules(), api: GatewayRouter,
        meters: GatewayMeters = GatewayMeters(), opened: @escaping @Sendable () -> Void = {}, logger: Logger
    ) {
        self.descriptor = descriptor
        self.rules = rules
        self.api = api
        self.meters = meters
        self.opened = opened
        self.logger = logger
    }

    public func run() async throws {
        let logger = logger
        let book = ConnectionRegistry(limit: rules.limits.connections)
        let answerer = RequestResponder(
            rules: rules, rejectedRequests: RejectedRequestLog(logger: logger), responder: api.responder, book: book,
            logger: logger)
        let http = HTTP1Channel(responder: answerer.answer)
        let pipeline = ListenerPipeline(idle: rules.limits.idle, logger: logger)
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
            .childChannelInitializer { [access = rules.access] channel in
                channel.eventLoop.makeCompletedFuture {
                    if access.isNetwork {
                        // Answers are small and need no waiting.
                        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
                        if let tls = access.tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
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
            await serve(arrivals, at: server, http: http, book: book, quiescing: quiescing, executors: executors)
        } onCancel: {
            server.close(promise: nil)
        }
        if !Task.isCancelled, !Task.isShuttingDownGracefully { logger.error("listener accepts no more connections") }
    }

    /// At a stop no new connection is accepted, requests under way are answered, and idle connections are closed.
    private func serve(
        _ arrivals: ConnectionArrivals, at server: any Channel, http: HTTP1Channel, book: ConnectionRegistry,
        quiescing: ServerQuiescingHelper, executors: [ObjectIdentifier: ConnectionExecutor]
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
