import Foundation
import NIOCore
import NIOHTTP1

/// Asks a proxy to open a tunnel, and reports its answer, or looks at the certificate at the tunnel's end.
final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private static let names = (encoder: "look.encoder", decoder: "look.decoder", connect: "look.connect")

    private let target: CallTarget
    private let login: ProxyLogin?
    private let found: EventLoopPromise<TransportFailure.Cause>
    private var isOpen = false

    private init(target: CallTarget, login: ProxyLogin?, found: EventLoopPromise<TransportFailure.Cause>) {
        self.target = target
        self.login = login
        self.found = found
    }

    static func add(
        to channel: any Channel, target: CallTarget, proxy: HTTPProxy, found: EventLoopPromise<TransportFailure.Cause>
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTPRequestEncoder(), name: names.encoder)
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)), name: names.decoder)
        try pipeline.addHandler(
            ConnectHandler(target: target, login: proxy.login, found: found), name: names.connect)
    }

    func channelActive(context: ChannelHandlerContext) {
        var head = HTTPRequestHead(version: .http1_1, method: .CONNECT, uri: target.authority)
        head.headers.add(name: "Host", value: target.authority)
        if let login {
            let credentials = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
            head.headers.add(name: "Proxy-Authorization", value: "Basic \(credentials)")
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isOpen = (200..<300).contains(head.status.code)
            if !isOpen { found.succeed(.proxyRefused(status: Int(head.status.code))) }
        case .end where isOpen: goOn(on: context.channel)
        case .body, .end: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func goOn(on channel: any Channel) {
        let pipeline = channel.pipeline
        let (target, found) = (target, found)
        pipeline.removeHandler(name: Self.names.connect).flatMap {
            pipeline.removeHandler(name: Self.names.decoder)
        }.flatMap {
            pipeline.removeHandler(name: Self.names.encoder)
        }.flatMapThrowing {
            guard target.isEncrypted else { throw ChannelError.eof }
            try ConnectionProbe.addTLS(to: channel, target: target, found: found)
        }.whenFailure { found.fail($0) }
    }
}
