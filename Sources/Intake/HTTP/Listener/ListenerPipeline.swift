import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The handlers of a connection: as Hummingbird's `HTTP1Channel` sets them up, with ``RequestTargetEncoder``,
/// ``RequestDecoder`` and ``HopByHop`` instead of NIO's decoder.
struct ListenerPipeline: Sendable {
    /// Bytes of all headers of a request together, and of one; and how many there may be.
    private static let headerBytes = 80 << 10
    private static let headers = 1_000

    /// A connection without a request is closed after this.
    let idle: Duration
    let logger: Logger

    /// Call it on the connection's event loop.
    func setUp(_ channel: any Channel) throws -> HTTP1Channel.Value {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = Self.headerBytes
        limits.maxHeaderListSize = Self.headerBytes
        limits.maxHeaderFieldCount = Self.headers
        let decoder = RequestDecoder(limits: limits)
        let targets = RequestTargetEncoder()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(targets)
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(HopByHop(decoder: decoder, targets: targets))
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: idle, logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
}
