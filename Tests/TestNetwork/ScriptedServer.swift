import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that does what a script says, over TLS where it has a certificate, and keeps what it was sent.
public final class ScriptedServer: Sendable {
    public enum Script: Sendable, Equatable {
        /// Takes a connection and says nothing.
        case silent
        /// Hangs up as soon as somebody is there.
        case closeAtOnce
        /// Resets the connection at the first bytes: those of the handshake, where they are not decrypted here.
        case resetAtFirstBytes
        case closeAtFirstBytes
        /// Reads so many bytes and resets the connection.
        case resetAfter(Int)
        /// Answers the first bytes with these.
        case answer(String)
        /// The same with bytes that are no text.
        case answerBytes([UInt8])
        /// Answers, and then closes the connection when it has been idle for a moment.
        case answerAndClose(String)
        /// Hands everything on to a port of this machine.
        case relay(Int)
    }

    public let port: Int
    private let channel: any Channel
    private let state: State

    final class State: Sendable {
        let script: Mutex<Script>
        let received = Mutex<[UInt8]>([])

        init(_ script: Script) { self.script = Mutex(script) }
    }

    private init(channel: any Channel, port: Int, state: State) {
        self.channel = channel
        self.port = port
        self.state = state
    }

    /// - Parameter identity: files of a certificate and its key.
    public static func open<Value: Sendable>(
        _ script: Script, identity: (certificate: String, key: String)? = nil,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let tls = try identity.map { identity in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: identity.key, format: .pem))))
        }
        let state = State(script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(state: state))
                }
            }.bind(host: "127.0.0.1", port: 0).get()
        guard let port = channel.localAddress?.port else { throw NetworkFixtureError("no port") }
        let server = ScriptedServer(channel: channel, port: port, state: state)
        do {
            let value = try await body(server)
            try? await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// What connections do from now on.
    public func set(_ script: Script) { state.script.withLock { $0 = script } }

    /// Everything that came, decrypted.
    public var received: [UInt8] { state.received.withLock { $0 } }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: ScriptedServer.State
    private var script: ScriptedServer.Script = .silent
    private var count = 0
    private var upstream: EventLoopFuture<any Channel>?

    init(state: ScriptedServer.State) { self.state = state }

    func channelActive(context: ChannelHandlerContext) {
        script = state.script.withLock { $0 }
        switch script {
        case .closeAtOnce: context.close(promise: nil)
        case .relay(let port):
            let back = context.channel
            upstream = ClientBootstrap(group: context.eventLoop).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RelayHandler(back: back))
                }
            }.connect(host: "127.0.0.1", port: port)
        default: break
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        state.received.withLock { $0 += bytes.readableBytesView }
        count += bytes.readableBytes
        switch script {
        case .silent, .closeAtOnce: break
        case .resetAtFirstBytes: reset(context)
        case .closeAtFirstBytes: context.close(promise: nil)
        case .resetAfter(let limit): if count >= limit { reset(context) }
        case .answer(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .answerBytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        case .answerAndClose(let text):
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            // Soon enough that it meets the next request now and then.
            context.eventLoop.scheduleTask(in: .microseconds(.random(in: 0..<1_500))) { channel.close(promise: nil) }
        case .relay: upstream?.whenSuccess { $0.writeAndFlush(bytes, promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        upstream?.whenSuccess { $0.close(promise: nil) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// With a linger of zero a close is a reset (socket(7)).
    private func reset(_ context: ChannelHandlerContext) {
        let channel = context.channel
        (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
            channel.close(mode: .all, promise: nil)
        }
    }
}

private final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let back: any Channel

    init(back: any Channel) { self.back = back }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        back.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { back.close(promise: nil) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { back.close(promise: nil) }
}
