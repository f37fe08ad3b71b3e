import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// The network between the gateway and its provider: it can refuse connections and reset existing ones.
final class ProviderRelay: Sendable {
    private struct State {
        var listener: (any Channel)?
        /// Its own port; the same after every refusal.
        var port = 0
        var target = 0
        var connections: [ObjectIdentifier: any Channel] = [:]
    }

    private static let host = "127.0.0.1"

    private let state = Mutex(State())

    var port: Int { state.withLock(\.port) }

    func open(to provider: any StagedProvider) async throws {
        guard let target = URL(string: try await provider.endpoint())?.port else {
            throw TortureError("\(provider.title) has no port")
        }
        state.withLock { $0.target = target }
        try await admit()
    }

    /// Accepts connections, also again after ``refuse()``.
    func admit() async throws {
        let (target, port) = state.withLock { ($0.target, $0.port) }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { inbound in
                self.keep(inbound)
                return ClientBootstrap(group: inbound.eventLoop)
                    .channelInitializer { outbound in
                        outbound.eventLoop.makeCompletedFuture {
                            try outbound.pipeline.syncOperations.addHandler(Forward(to: inbound))
                        }
                    }
                    .connect(host: Self.host, port: target)
                    .flatMap { outbound in
                        inbound.eventLoop.makeCompletedFuture {
                            try inbound.pipeline.syncOperations.addHandler(Forward(to: outbound))
                        }
                    }
            }
            .bind(host: Self.host, port: port).get()
        state.withLock { state in
            state.listener = listener
            state.port = listener.localAddress?.port ?? 0
        }
    }

    /// Nobody listens any more.
    func refuse() async {
        let listener = state.withLock { state in
            defer { state.listener = nil }
            return state.listener
        }
        try? await listener?.close().get()
    }

    /// Every connection ends with RST: bytes on their way are lost.
    func reset() async {
        for channel in state.withLock({ Array($0.connections.values) }) {
            try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            channel.close(promise: nil)
        }
    }

    private func keep(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        state.withLock { $0.connections[key] = channel }
        channel.closeFuture.whenComplete { _ in self.state.withLock { $0.connections[key] = nil } }
    }
}

/// Passes on what one side sends to the other.
private final class Forward: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
