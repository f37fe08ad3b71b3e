import HummingbirdCore
import NIOCore

/// The connections that a listener accepted and that nobody serves yet.
///
/// Dropping an unfinished writer of a connection ends the process. NIO's own stream of connections drops those that
/// come while the listener closes; here each is either served or ended.
struct ConnectionArrivals: Sendable {
    typealias Connection = HTTP1Channel.Value

    /// Read it to its end, even in a cancelled task: it first returns what has arrived.
    let stream: AsyncStream<Connection>
    private let continuation: AsyncStream<Connection>.Continuation

    init() {
        // Its reader waits for nothing else, and refuses what is too much.
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Passes the connection to the reader once it is open: NIO treats an earlier close as a fault. Call it on the
    /// connection's event loop.
    func add(_ connection: Connection) throws {
        try connection.channel.pipeline.syncOperations.addHandler(
            Threshold(connection: connection, arrivals: self), position: .first)
    }

    /// No more are accepted.
    func end() { continuation.finish() }

    private func give(_ connection: Connection) {
        guard case .enqueued = continuation.yield(connection) else { return refuse(connection) }
    }

    private func refuse(_ connection: Connection) {
        // Only to close it. No task waits for that, so the connection's own loop does.
        _ = connection.channel.eventLoop.makeFutureWithTask {
            try? await connection.executeThenClose { _, _ in }
        }
    }

    /// It is the first handler of a connection until that is open, or closed without ever having been.
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
