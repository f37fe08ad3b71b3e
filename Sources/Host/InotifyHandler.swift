import Glibc
import NIOCore

/// Turns inotify's events into ticks.
final class InotifyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let ticks: AsyncStream<Void>.Continuation

    init(_ ticks: AsyncStream<Void>.Continuation) {
        self.ticks = ticks
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var events = unwrapInboundIn(data)
        ticks.yield()
        while let mask = Self.nextMask(&events) {
            let gone = UInt32(IN_IGNORED) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)
            if mask & gone != 0 { context.close(promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        ticks.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// One `struct inotify_event`: wd, mask, cookie and len of 32 bits each, then `len` bytes of name.
    private static func nextMask(_ events: inout ByteBuffer) -> UInt32? {
        guard
            let (_, mask, _, length) = events.readMultipleIntegers(
                endianness: .host, as: (Int32, UInt32, UInt32, UInt32).self)
        else { return nil }
        events.moveReaderIndex(forwardBy: min(Int(length), events.readableBytes))
        return mask
    }
}
