import Glibc
import Runtime
import Synchronization

/// An open character device. A thread of its own moves the bytes; the printing task waits for it with a deadline.
final class DeviceConnection: PrinterConnection {
    /// At most this much waits for a device.
    static let capacity = 1 << 20
    /// How long to wait for a close; after that the thread finishes it in the background.
    static let farewell: Duration = .seconds(1)

    /// The pause before a line is asked again whether it has sent everything.
    private static let look: Duration = .milliseconds(5)

    enum Outcome: Sendable {
        case taken
        case lost(PrintingError)
    }

    struct State {
        var waiting: [UInt8] = []
        /// Counts of bytes: given to us, written to the device, and known to have reached it.
        var handedOver = 0
        var written = 0
        var taken = 0
        var isClosing = false
        var isClosed = false
        var onClosed: Waiter<Void>?
        var end: PrintingError?
        /// A serial line's descriptor, for as long as the thread has it.
        var line: CInt?
        /// Wakes the thread when there is something new for it; nil if it is not listening.
        var wakeSignal: CInt?
    }

    let path: String
    let state = Mutex(State())
    /// Tasks that wait until this many bytes are taken.
    let writers = Waiters<Int, Outcome>()
    let inbox = Inbox()
    private let thread: BlockingThread

    private init(path: String, thread: BlockingThread) {
        self.path = path
        self.thread = thread
    }

    /// Opens the device on the thread, after the close of an earlier connection, and stays there until closed.
    static func open(
        path: String, on thread: BlockingThread, timeout: Duration,
        _ opening: @escaping @Sendable () throws(PrintingError) -> DeviceDescriptor
    ) async throws(PrintingError) -> DeviceConnection {
        let connection = DeviceConnection(path: path, thread: thread)
        let outcome = await Waiter<Result<Void, PrintingError>>.wait(within: timeout) { answer in
            thread.submit {
                defer { connection.hasClosed() }
                guard !connection.state.withLock({ $0.isClosing }) else { return }
                do throws(PrintingError) {
                    let device = try opening()
                    answer.resume(returning: .success(()))
                    connection.pump(device)
                } catch {
                    answer.resume(returning: .failure(error))
                }
            }
        }
        switch outcome {
        case .answered(let result):
            try result.get()
            return connection
        case .late:
            connection.beginClosing()
            throw PrintingError(
                .cannotConnect, "\(path) did not open in \(timeout): it may still be busy with the paper before.")
        case .cancelled:
            connection.beginClosing()
            throw PrintingError(.cancelled, "Opening \(path) was given up.")
        }
    }

    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError) {
        let problem = state.withLock { state -> PrintingError? in
            if let end = state.end { return end }
            guard !state.isClosing else { return PrintingError(.system, "\(path) is closed.") }
            guard state.waiting.count + bytes.count <= Self.capacity else {
                return PrintingError(.system, "\(path): more than \(Self.capacity) bytes wait for the device.")
            }
            state.waiting += bytes
            state.handedOver += bytes.count
            return nil
        }
        if let problem { throw problem }
        notify()
        try await flush(timeout: timeout)
    }

    func flush(timeout: Duration) async throws(PrintingError) {
        let all = state.withLock(\.handedOver)
        let outcome = await writers.wait(for: all, within: timeout) {
            state.withLock { state in
                if let end = state.end { return .lost(end) }
                return state.taken >= all ? .taken : nil
            }
        }
        switch outcome {
        case .answered(.taken): return
        case .answered(.lost(let error)): throw error
        case .late: throw PrintingError(.stalled, "\(path) took no bytes for \(timeout).")
        case .cancelled: throw PrintingError(.cancelled, "Sending to \(path) was given up.")
        }
    }

    /// A serial line's driver takes more than it has sent; on USB, bytes that the printer has not taken count as not
    /// taken anyway.
    func drain(timeout: Duration) async throws(PrintingError) {
        try await flush(timeout: timeout)
        var least = CInt.max
        var deadline = ContinuousClock.now + timeout
        while true {
            let (left, end) = state.withLock { ($0.line.map(Self.queued) ?? 0, $0.end) }
            if let end { throw end }
            guard left > 0 else { return }
            let now = ContinuousClock.now
            if left < least {
                (least, deadline) = (left, now + timeout)
            } else if now >= deadline {
                throw PrintingError(.stalled, "\(path) has not sent \(left) bytes for \(timeout).")
            }
            do {
                try await Task.sleep(for: Self.look)
            } catch {
                throw PrintingError(.cancelled, "Sending to \(path) was given up.", underlying: error)
            }
        }
    }

    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]? {
        guard let bytes = inbox.take() else { return nil }
        guard bytes.isEmpty, timeout > .zero else { return bytes }
        if case .cancelled = await inbox.wait(within: timeout) {
            throw PrintingError(.cancelled, "Waiting for \(path) was given up.")
        }
        return inbox.take()
    }

    func close() async {
        guard beginClosing() else { return }
        _ = await Waiter<Void>.wait(within: Self.farewell, isCancellable: false) { answer in
            let isClosed = state.withLock { state in
                state.onClosed = answer
                return state.isClosed
            }
            if isClosed { answer.resume(returning: ()) }
        }
    }

    @discardableResult
    private func beginClosing() -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isClosing = true }
            return !state.isClosing
        }
        notify()
        return isFirst
    }

    private func hasClosed() {
        end(PrintingError(.system, "\(path) is closed."))
        state.withLock { state in
            state.isClosed = true
            return state.onClosed
        }?.resume(returning: ())
    }

    func notify() {
        state.withLock { state in
            guard let wakeSignal = state.wakeSignal else { return }
            // A full pipe has woken the thread already.
            _ = Glibc.write(wakeSignal, [0], 1)
        }
    }

    /// Nothing more will be taken or heard. Only the first reason counts.
    func end(_ reason: PrintingError) {
        state.withLock { if $0.end == nil { $0.end = reason } }
        writers.resumeAll(returning: .lost(reason))
        inbox.end()
    }
}
