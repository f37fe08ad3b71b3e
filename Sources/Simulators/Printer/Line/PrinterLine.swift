import NIOCore
import Synchronization

/// The printer's end of one connection: bytes are read only when somebody asks for them.
///
/// The channel's `autoRead` is off, so what is not asked for stays with the sender.
final class PrinterLine: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
        var channel: (any Channel)?
        var arrived: [ByteBuffer] = []
        var isPaused = false
        var hasEnded = false
        /// By us: nothing more is taken, whatever still arrives.
        var isHungUp = false
        var reader: CheckedContinuation<ByteBuffer?, Never>?
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
        let buffer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.reader = continuation }
                serve()
            }
        } onCancel: {
            close()
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

    /// Hangs up. What has arrived and was not taken is lost: a tail that is taken after a gap would be no tail.
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

    /// Gives the reader what there is for it, or asks the channel for more.
    private func serve() {
        enum Step {
            case give(CheckedContinuation<ByteBuffer?, Never>, ByteBuffer?)
            case ask((any Channel)?)
            case wait
        }
        let step = state.withLock { state -> Step in
            guard let reader = state.reader else { return .wait }
            // While paused nothing is taken any more; what a sender left behind when it went away is lost.
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
        // A read that brought nothing must not leave the reader waiting.
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
