import NIOCore
import Runtime
import Synchronization

/// The printer's end of one connection: it reads bytes only on request.
///
/// The channel's `autoRead` is off, so bytes that nobody asked for stay with the sender.
final class PrinterLine: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
        var channel: (any Channel)?
        var arrived: [ByteBuffer] = []
        var isPaused = false
        var hasEnded = false
        /// By us: whatever still arrives is not taken.
        var isHungUp = false
        var reader: Waiter<ByteBuffer?>?
    }

    private let state = Mutex(State())
    private let onActive: @Sendable (PrinterLine) -> Void

    /// - Parameter onActive: called once the connection stands
    init(onActive: @escaping @Sendable (PrinterLine) -> Void) {
        self.onActive = onActive
    }

    // MARK: - For the printer; one reader at a time

    /// The next bytes; nil once the other side has gone.
    func receive() async -> [UInt8]? {
        let outcome = await Waiter<ByteBuffer?>.wait { reader in
            state.withLock { $0.reader = reader }
            serve()
        }
        guard case .answered(let buffer) = outcome else {
            close()
            return nil
        }
        return buffer.map { Array($0.readableBytesView) }
    }

    /// Reads nothing until `resume`.
    func pause() {
        state.withLock { $0.isPaused = true }
    }

    func resume() {
        state.withLock { $0.isPaused = false }
        serve()
    }

    /// Sends bytes unless the other side has stopped reading.
    func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, let channel = state.withLock(\.channel), channel.isWritable else { return }
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    /// Closes the connection. Bytes that arrived and were not taken are lost, because bytes after a gap would be
    /// meaningless.
    func close() {
        let channel = state.withLock { state in
            state.arrived = []
            state.isHungUp = true
            return state.channel
        }
        channel?.close(promise: nil)
        end()
    }

    // MARK: - Between the two

    /// Gives the reader what has arrived, or asks the channel for more.
    private func serve() {
        enum Step {
            case give(Waiter<ByteBuffer?>, ByteBuffer?)
            case ask((any Channel)?)
            case wait
        }
        let step = state.withLock { state -> Step in
            guard let reader = state.reader else { return .wait }
            // While paused it takes nothing more; bytes that a departed sender left behind are lost.
            if state.isPaused {
                guard state.hasEnded else { return .wait }
                state.arrived = []
            }
            if !state.arrived.isEmpty {
                state.reader = nil
                return .give(reader, state.arrived.removeFirst())
            }
            guard state.hasEnded else { return .ask(state.channel) }
            state.reader = nil
            return .give(reader, nil)
        }
        switch step {
        case .give(let reader, let buffer): reader.resume(returning: buffer)
        case .ask(let channel): channel?.read()
        case .wait: break
        }
    }

    private func end() {
        state.withLock { $0.hasEnded = true }
        serve()
    }

    // MARK: - For the channel

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        state.withLock { $0.channel = channel }
        onActive(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        state.withLock { if !$0.isHungUp { $0.arrived.append(buffer) } }
        serve()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A read without bytes must not leave the reader waiting.
        serve()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            end()
        case IdleStateHandler.IdleStateEvent.read where state.withLock({ $0.reader != nil && !$0.isPaused }):
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }
}
