import Foundation
import NIOCore
import NIOPosix
import Testing

/// A till's own connection, byte by byte.
final class Till: Sendable {
    private let channel: any Channel
    private let heard: AsyncStream<ByteBuffer>

    private init(channel: any Channel, heard: AsyncStream<ByteBuffer>) {
        self.channel = channel
        self.heard = heard
    }

    static func connect(to listener: TestListener) async throws -> Till {
        let (heard, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(Ear(continuation: continuation)) }
            .connect(unixDomainSocketPath: listener.socket).get()
        return Till(channel: channel, heard: heard)
    }

    /// To a listener on a loopback port.
    static func connect(port: Int) async throws -> Till {
        let (heard, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(Ear(continuation: continuation)) }
            .connect(host: "127.0.0.1", port: port).get()
        return Till(channel: channel, heard: heard)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends `text` again and again at a pace, by the connection's own timer, for as long as it is open.
    func drip(_ text: String, every pace: TimeAmount = .milliseconds(20)) {
        let drops = channel.eventLoop.scheduleRepeatedTask(initialDelay: pace, delay: pace) { [channel] _ in
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }
        channel.closeFuture.whenComplete { _ in drops.cancel() }
    }

    /// Says that nothing more is sent; a gateway that was quicker has closed already, and there is nobody to say it to.
    func endSending() async { try? await channel.close(mode: .output).get() }

    /// All that comes until the gateway closes, or until so much time is over: then this end is closed.
    func hear(for time: Duration) async -> [UInt8] {
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(time)) { [channel] in channel.close(promise: nil) }
        defer { timer.cancel() }
        var bytes: [UInt8] = []
        for await part in heard { bytes += part.readableBytesView }
        return bytes
    }

    /// The next whole answer; what came of it where the gateway closed before.
    func answer() async -> String {
        var text = ""
        for await part in heard {
            text += String(buffer: part)
            if Self.isWhole(text) { break }
        }
        return text
    }

    /// The next answer begins so.
    func expect(_ status: String, _ location: SourceLocation = #_sourceLocation) async {
        let answer = await answer()
        #expect(answer.hasPrefix(status), "\(answer)", sourceLocation: location)
    }

    /// Returns when the gateway has closed the connection.
    func untilClosed() async throws { try await channel.closeFuture.get() }

    func close() async throws { try await channel.close().get() }

    private static func isWhole(_ text: String) -> Bool {
        // Swift takes CR LF for one character, so that the empty line is two of them.
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }

    private final class Ear: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<ByteBuffer>.Continuation

        init(continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
