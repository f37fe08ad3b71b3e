import Glibc
import NIOCore

/// Turns inotify's events into changes (inotify(7)).
final class InotifyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let gone = UInt32(IN_IGNORED) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_UNMOUNT)

    private let mailbox: DirectoryMailbox

    init(_ mailbox: DirectoryMailbox) {
        self.mailbox = mailbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var events = unwrapInboundIn(data)
        var isOver = false
        mailbox.put { changes in
            while let (mask, name) = Self.next(&events) {
                if mask & Self.gone != 0 { isOver = true }
                if mask & UInt32(IN_Q_OVERFLOW) != 0 { changes.isIncomplete = true }
                guard let name else { continue }
                if mask & (UInt32(IN_CREATE) | UInt32(IN_ATTRIB)) != 0 { changes.hasUnfinished = true }
                if mask & UInt32(IN_MOVED_TO) != 0 { changes.finished[name] = .renamed }
                if mask & UInt32(IN_CLOSE_WRITE) != 0 { changes.finished[name] = .closed }
            }
        }
        if isOver { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        mailbox.put { $0.isOver = true }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// One `struct inotify_event`: wd, mask, cookie and len of 32 bits each, then `len` bytes: a name, filled up with NULs.
    private static func next(_ events: inout ByteBuffer) -> (mask: UInt32, name: FileName?)? {
        guard
            let (_, mask, _, length) = events.readMultipleIntegers(
                endianness: .host, as: (Int32, UInt32, UInt32, UInt32).self)
        else { return nil }
        let field = events.readBytes(length: min(Int(length), events.readableBytes)) ?? []
        return (mask, FileName(bytes: Array(field.prefix { $0 != 0 })))
    }
}
