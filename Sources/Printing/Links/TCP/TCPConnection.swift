import NIOCore
import Synchronization

/// An open connection to a printer on the network.
final class TCPConnection: PrinterConnection {
    /// How long a printer may take to close its side; meanwhile what it still says is read, so that nothing resets the connection.
    static let farewell: Duration = .milliseconds(200)

    let channel: any Channel
    let socket: TCPSocket
    let inbox: Inbox
    let device: String
    private let closed: @Sendable () -> Void
    private let isClosing = Mutex(false)

    init(
        channel: any Channel, socket: TCPSocket, inbox: Inbox, device: String, closed: @escaping @Sendable () -> Void
    ) {
        self.channel = channel
        self.socket = socket
        self.inbox = inbox
        self.device = device
        self.closed = closed
    }

    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError) {
        try await wait(for: channel.writeAndFlush(ByteBuffer(bytes: bytes)), timeout: timeout)
    }

    /// An empty write is done when those before it are.
    func flush(timeout: Duration) async throws(PrintingError) {
        try await write([], timeout: timeout)
    }

    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]? {
        guard let bytes = inbox.take() else { return nil }
        guard bytes.isEmpty, timeout > .zero else { return bytes }
        let woken = FirstAnswer<Void>()
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { woken.give(()) }
        defer { timer.cancel() }
        inbox.wake { woken.give(()) }
        await withTaskCancellationHandler {
            await woken.value()
        } onCancel: {
            woken.give(())
        }
        guard !Task.isCancelled else { throw given(up: "Waiting for \(device)") }
        return inbox.take()
    }

    func close() async {
        let isFirst = isClosing.withLock { isClosing in
            defer { isClosing = true }
            return !isClosing
        }
        guard isFirst else { return }
        channel.close(mode: .output, promise: nil)
        await untilFarewell()
        channel.close(promise: nil)
        socket.close()
        closed()
    }

    /// Waits until the printer has closed its side, for ``farewell`` at most.
    func untilFarewell() async {
        let ended = FirstAnswer<Void>()
        channel.closeFuture.whenComplete { _ in ended.give(()) }
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(Self.farewell)) { ended.give(()) }
        await ended.value()
        timer.cancel()
    }

    private enum Outcome: Sendable {
        case done
        case failed(any Error)
        case late
        case cancelled
    }

    private func wait(for future: EventLoopFuture<Void>, timeout: Duration) async throws(PrintingError) {
        let outcome = FirstAnswer<Outcome>()
        future.whenComplete { result in
            switch result {
            case .success: outcome.give(.done)
            case .failure(let error): outcome.give(.failed(error))
            }
        }
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { outcome.give(.late) }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await outcome.value()
        } onCancel: {
            outcome.give(.cancelled)
        }
        switch result {
        case .done: return
        case .failed(let error):
            throw PrintingError(.connectionLost, "\(device) broke the connection.", underlying: error)
        case .late: throw PrintingError(.stalled, "\(device) took no bytes for \(timeout).")
        case .cancelled: throw given(up: "Sending to \(device)")
        }
    }

    private func given(up what: String) -> PrintingError {
        PrintingError(.cancelled, "\(what) was given up.")
    }
}
