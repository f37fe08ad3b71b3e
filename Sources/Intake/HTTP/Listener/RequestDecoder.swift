import NIOCore
import NIOHTTP1

/// NIO's decoder of requests, which goes on after an offer of another protocol.
///
/// NIO's own stops for good once a request has offered an upgrade, whatever the answer: it leaves the rest to the new
/// protocol. Here none follows, so a fresh decoder replaces it. Java's HttpClient and `curl --http2` offer h2c with the
/// first request on every connection.
final class RequestDecoder: ByteToMessageDecoder {
    typealias InboundOut = HTTPServerRequestPart

    /// What follows a request, said while its last part goes up the pipeline.
    enum Sequel {
        case requests
        /// More requests, although this decoder has stopped.
        case requestsAfterOffer
        /// Nothing to read.
        case nothing
    }

    var sequel = Sequel.requests
    private let limits: NIOHTTPDecoderLimitConfiguration
    private var decoder: HTTPRequestDecoder

    init(limits: NIOHTTPDecoderLimitConfiguration) {
        self.limits = limits
        decoder = HTTPRequestDecoder(limitConfiguration: limits)
    }

    func decoderAdded(context: ChannelHandlerContext) { decoder.decoderAdded(context: context) }

    func decoderRemoved(context: ChannelHandlerContext) { decoder.decoderRemoved(context: context) }

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        if sequel == .nothing {
            // If it were kept, it would grow for as long as the other end sends.
            buffer.moveReaderIndex(to: buffer.writerIndex)
            return .needMoreData
        }
        let state = try decoder.decode(context: context, buffer: &buffer)
        switch sequel {
        case .requests: return state
        case .requestsAfterOffer:
            sequel = .requests
            decoder.decoderRemoved(context: context)
            decoder = HTTPRequestDecoder(limitConfiguration: limits)
            decoder.decoderAdded(context: context)
        case .nothing: break
        }
        return buffer.readableBytes > 0 ? .continue : .needMoreData
    }

    func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        while buffer.readableBytes > 0, case .continue = try decode(context: context, buffer: &buffer) {}
        guard sequel != .nothing else { return .needMoreData }
        return try decoder.decodeLast(context: context, buffer: &buffer, seenEOF: seenEOF)
    }
}
