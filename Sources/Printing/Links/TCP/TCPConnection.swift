import NIOCore
import Runtime
import Synchronization

/// An open connection to a printer on the network.
final class TCPConnection: PrinterConnection {
    /// How long a printer may take to close its side; meanwhile what it still says is read, so nothing resets the
    /// connection.
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
        let outcome = await Waiter<Result<Void, any Error>>.wait(within: timeout) { waiter in
            channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { waiter.resume(returning: $0) }
        }
        switch outcome {
        case .answered(.success): return
        case .answered(.failure(let error)):
            throw PrintingError(.connectionLost, "\(device) broke the connection.", underlying: error)
        case .late: throw PrintingError(.stalled, "\(device) took no bytes for \(timeout).")
        case .cancelled: throw given(up: "Sending to \(device)")
        }
    }

    /// An empty write is done when those before it are.
    func flush(timeout: Duration) async throws(PrintingError) {
        try await write([], timeout: timeout)
    }

    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]? {
        guard let bytes = inbox.take() else { return nil }
        guard bytes.isEmpty, timeout > .zero else { return bytes }
        if case .cancelled = await inbox.wait(within: timeout) { throw given(up: "Waiting for \(device)") }
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
        _ = await Waiter<Void>.wait(within: Self.farewell, isCancellable: false) { waiter in
            channel.closeFuture.whenComplete { _ in waiter.resume(returning: ()) }
        }
    }

    private func given(up what: String) -> PrintingError {
        PrintingError(.cancelled, "\(what) was given up.")
    }
}
