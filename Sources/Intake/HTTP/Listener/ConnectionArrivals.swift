import HummingbirdCore
import NIOCore

/// The connections that a listener took and that nobody serves yet.
///
/// A connection's writer ends the process when it is let go unfinished. NIO's own stream of connections lets go of those
/// that come while the listener closes; here each is either served or ended.
struct ConnectionArrivals: Sendable {
    typealias Connection = HTTP1Channel.Value

    /// To be read to its end, also by a task that is cancelled: what has arrived is given first.
    let stream: AsyncStream<Connection>
    private let continuation: AsyncStream<Connection>.Continuation

    init() {
        // Whoever reads waits for nothing else, and refuses what is too much.
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Gives the connection to whoever reads once it is open: NIO takes it for a fault when a connection is closed before.
    /// To be called on the connection's event loop.
    func add(_ connection: Connection) throws {
        try connection.channel.pipeline.syncOperations.addHandler(
            Threshold(connection: connection, arrivals: self), position: .first)
    }

    /// No more are taken.
    func end() { continuation.finish() }

    private func give(_ connection: Connection) {
        guard case .enqueued = continuation.yield(connection) else { return refuse(connection) }
    }

    private func refuse(_ connection: Connection) {
        Task {
            // Closing is what it is for.
            try? await connection.executeThenClose { _, _ in }
        }
    }

    /// Stands at the front of a connection until it is open, or closed without ever having been.
    private final class Threshold: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = Never

        private var connection: Connection?
        private let arrivals: ConnectionArrivals

        init(connection: Connection, arrivals: ConnectionArrivals) {
            self.connection = connection
            self.arrivals = arrivals
        }

        func channelActive(context: ChannelHandlerContext) {
            if let connection { arrivals.give(connection) }
            connection = nil
            context.fireChannelActive()
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            if let connection { arrivals.refuse(connection) }
            connection = nil
        }
    }
}
