import Foundation
import NIOCore
import NIOPosix
import Synchronization

@testable import Simulators

/// A plain TCP client that keeps what it hears.
final class Dialler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let heard = Mutex<[UInt8]>([])
    private let count = Milestone("bytes heard")
    private let closed = Milestone("close")
    private let channel = Mutex<(any Channel)?>(nil)

    static func connect(host: String = "127.0.0.1", port: Int) async throws -> Dialler {
        let dialler = Dialler()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .channelInitializer { $0.pipeline.addHandler(dialler) }
            .connect(host: host, port: port).get()
        dialler.channel.withLock { $0 = channel }
        return dialler
    }

    static func connect(to url: String) async throws -> Dialler {
        try await connect(port: URL(string: url)?.port ?? 0)
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.withLock { $0 }?.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// What was heard, once it is so many bytes.
    func hear(_ count: Int) async throws -> [UInt8] {
        try await self.count.wait(for: count, within: .seconds(10))
        return heard.withLock { $0 }
    }

    /// Everything that was heard until the other side closed.
    func untilClosed() async throws -> [UInt8] {
        try await closed.wait(for: 1, within: .seconds(10))
        return heard.withLock { $0 }
    }

    func close() async throws {
        try? await channel.withLock { $0 }?.close().get()
        try await closed.wait(for: 1, within: .seconds(10))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        let total = heard.withLock { heard in
            heard += bytes
            return heard.count
        }
        count.advance(to: total)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed.advance(to: 1)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
