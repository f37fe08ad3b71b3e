import NIOCore

/// Percent-encodes what is not ASCII in a request's first line, which its sender should have done (RFC 9112, section 3.2).
///
/// `curl 'http://pos/v1/addresses?q=คลองเตย'` sends the name as it was typed, and NIO's decoder would end the connection
/// without a word. Headers and bodies pass unchanged: ``HopByHop`` says where a request begins and where its body does. A
/// request that came together with the end of the one before it also passes unchanged.
final class RequestTargetEncoder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// What the next byte belongs to.
    private enum Place {
        /// A first line, or the empty lines that may come before it.
        case before
        case firstLine
        case rest
    }

    private var place = Place.before

    func requestBegan() { place = .rest }
    func requestEnded() { place = .before }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(place == .rest ? data : wrapInboundOut(encodingFirstLine(of: unwrapInboundIn(data))))
    }

    private func encodingFirstLine(of bytes: ByteBuffer) -> ByteBuffer {
        let view = bytes.readableBytesView
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var start = view.startIndex
        if place == .before {
            start = view.firstIndex { $0 != lineFeed && $0 != carriageReturn } ?? view.endIndex
            if start < view.endIndex { place = .firstLine }
        }
        let end = view[start...].firstIndex(of: lineFeed) ?? view.endIndex
        if end < view.endIndex { place = .rest }
        guard view[start..<end].contains(where: { $0 >= 0x80 }) else { return bytes }
        var encoded = ByteBuffer()
        encoded.writeBytes(view[..<start])
        for byte in view[start..<end] {
            if byte < 0x80 { encoded.writeInteger(byte) } else { encoded.writeString("%" + String(byte, radix: 16)) }
        }
        encoded.writeBytes(view[end...])
        return encoded
    }
}
