import NIOCore
import NIOPosix
import Synchronization

/// A printer that understands nothing: it keeps what each connection brings, and a document is whole when its connection ends.
public final class DocumentSink: Sendable {
    private struct State {
        var documents: [[UInt8]] = []
        var waiters: [(count: Int, resume: CheckedContinuation<Void, Never>)] = []
    }

    /// Outlives the sink in its handlers.
    fileprivate final class Kept: Sendable {
        private let state = Mutex(State())

        var documents: [[UInt8]] { state.withLock(\.documents) }

        func keep(_ document: [UInt8]) {
            let ready = state.withLock { state in
                state.documents.append(document)
                let ready = state.waiters.filter { $0.count <= state.documents.count }
                state.waiters.removeAll { $0.count <= state.documents.count }
                return ready
            }
            for waiter in ready { waiter.resume.resume() }
        }

        func wait(for count: Int) async {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.documents.count >= count { return true }
                    state.waiters.append((count, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        }
    }

    public let port: Int
    private let server: any Channel
    private let kept = Kept()

    /// - Parameter port: of loopback; 0 for any that is free.
    public init(port: Int = 0) async throws {
        let kept = kept
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(kept))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        self.port = server.localAddress?.port ?? 0
    }

    public func close() async {
        try? await server.close()
    }

    /// What came whole so far, oldest first. A connection that brought nothing is no document.
    public var documents: [[UInt8]] { kept.documents }

    /// Waits until so many have come and gives that one.
    public func document(_ number: Int) async -> [UInt8] {
        await kept.wait(for: number)
        return kept.documents[number - 1]
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let kept: DocumentSink.Kept
    private var document: [UInt8] = []

    init(_ kept: DocumentSink.Kept) {
        self.kept = kept
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        document += unwrapInboundIn(data).readableBytesView
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !document.isEmpty { kept.keep(document) }
        context.fireChannelInactive()
    }
}
