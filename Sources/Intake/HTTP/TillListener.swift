public import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOExtras
import NIOPosix
public import ServiceLifecycle

/// Serves tills on a socket that is bound already, until it is asked to stop.
///
/// Hummingbird's own application binds by itself: it replaces a live socket file without a word and leaves a moment in
/// which the mode is wrong. So the socket comes from outside, and Hummingbird's HTTP channel and router serve it.
public struct TillListener: Service {
    /// Where tills knock.
    public enum Door: Sendable {
        /// A bound and listening stream socket; it is closed when the service ends.
        case adopted(CInt)
        case tcp(host: String, port: Int)
    }

    /// Connections that may wait to be taken.
    private static let backlog: Int32 = 512
    /// A connection on which nothing happens is closed.
    private static let idleTimeout: TimeAmount = .seconds(75)

    private let door: Door
    private let api: TillRouter
    private let meters: GatewayMeters
    private let logger: Logger

    public init(door: Door, api: TillRouter, meters: GatewayMeters = GatewayMeters(), logger: Logger) {
        self.door = door
        self.api = api
        self.meters = meters
        self.logger = logger
    }

    public func run() async throws {
        let logger = logger
        let http = HTTP1Channel(
            responder: HTTPAnswerer(responder: api.responder, logger: logger).answer,
            configuration: .init(idleTimeout: Self.idleTimeout))
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        let server: NIOAsyncChannel<HTTP1Channel.Value, Never>
        switch door {
        case .adopted(let descriptor):
            server = try await bootstrap.bind(descriptor) { http.setup(channel: $0, logger: logger) }
            // NIO has listened again with a backlog of its own.
            listen(descriptor, Self.backlog)
        case .tcp(let host, let port):
            server = try await bootstrap.bind(host: host, port: port) { http.setup(channel: $0, logger: logger) }
        }
        await serve(server, http: http, quiescing: quiescing)
    }

    /// At a stop no new connection is taken, requests under way are answered, and idle connections are closed.
    private func serve(
        _ server: NIOAsyncChannel<HTTP1Channel.Value, Never>, http: HTTP1Channel, quiescing: ServerQuiescingHelper
    ) async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { connections in
                do {
                    try await server.executeThenClose { inbound in
                        for try await connection in inbound {
                            connections.addTask {
                                meters.connectionOpened()
                                await http.handle(value: connection, logger: logger)
                                meters.connectionClosed()
                            }
                        }
                    }
                } catch {
                    logger.error("no more connections are taken", metadata: ["error.message": "\(error)"])
                }
            }
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }
}

/// Answers one request after the other on a connection.
private struct HTTPAnswerer: Sendable {
    let responder: RouterResponder<TillRequestContext>
    let logger: Logger

    @Sendable func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let response = await response(to: request, over: channel)
        try await writer.write(response: response.head, body: response.body)
    }

    /// Problems are answers as well; only what no route foresaw is left for here.
    private func response(to request: Request, over channel: any Channel) async -> Response {
        do {
            return try await responder.respond(
                to: request, context: TillRequestContext(source: .init(channel: channel, logger: logger)))
        } catch {
            return Response(status: .internalServerError)
        }
    }
}
