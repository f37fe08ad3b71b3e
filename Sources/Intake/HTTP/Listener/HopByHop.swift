import NIOCore
import NIOHTTP1

/// Handles what client and gateway say about the connection itself, and adds how long it stays.
///
/// Hummingbird ends a connection only after `Connection: close`, in exactly these letters. HTTP/1.0 implies it, and
/// other clients write it among further options.
final class HopByHop: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let decoder: RequestDecoder
    private let targets: RequestTargetEncoder
    /// For the requests that are not answered yet, in order.
    private var unanswered = CircularBuffer<ConnectionTerms>(initialCapacity: 1)
    private var reading: ConnectionTerms?

    init(decoder: RequestDecoder, targets: RequestTargetEncoder) {
        self.decoder = decoder
        self.targets = targets
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            targets.requestBegan()
            let terms = ConnectionTerms(head)
            reading = terms
            unanswered.append(terms)
            for name in ["Upgrade", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "Connection"] {
                head.headers.remove(name: name)
            }
            if !terms.persists { head.headers.add(name: "Connection", value: "close") }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body: context.fireChannelRead(data)
        case .end:
            if let reading, !reading.persists {
                decoder.sequel = .nothing
            } else if reading?.offer == .ignored {
                decoder.sequel = .requestsAfterOffer
            }
            reading = nil
            targets.requestEnded()
            context.fireChannelRead(data)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let terms = unanswered.first else { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            var persists = terms.persists && !head.headers["connection"].contains("close")
            if terms.isOld, !head.headers.contains(name: "Content-Length") {
                // In HTTP/1.1 it would come in chunks.
                head.version = .http1_0
                persists = false
            }
            if !persists {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            } else if terms.isOld {
                head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered.removeFirst()
            context.write(data, promise: promise)
        default: context.write(data, promise: promise)
        }
    }
}
