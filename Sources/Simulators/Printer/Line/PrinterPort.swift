import NIOCore
import NIOPosix
import Synchronization

/// A listening socket that lets in one connection at a time, when it is asked for; the others wait unaccepted in the
/// system's queue, as they do before a real printer.
final class PrinterPort: Sendable {
    private struct State {
        var arrived: PrinterLine?
        var isClosed = false
        var waiter: CheckedContinuation<PrinterLine?, Never>?
    }

    private let state = Mutex(State())
    private let listener = Mutex<(any Channel)?>(nil)

    /// Listens; returns the port it got.
    func open(host: String, port: Int, idleTimeout: Duration) async throws -> Int {
        let onActive: @Sendable (PrinterLine) -> Void = { [weak self] line in
            if let self { self.arrive(line) } else { line.close() }
        }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        IdleStateHandler(readTimeout: TimeAmount(idleTimeout)))
                    try channel.pipeline.syncOperations.addHandler(PrinterLine(onActive: onActive))
                }
            }
            .bind(host: host, port: port).get()
        listener.withLock { $0 = channel }
        channel.closeFuture.whenComplete { [weak self] _ in self?.end() }
        return channel.localAddress?.port ?? port
    }

    /// The next connection; nil once the port is closed.
    func next() async -> PrinterLine? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> PrinterLine?? in
                    if let line = state.arrived {
                        state.arrived = nil
                        return line
                    }
                    if state.isClosed { return .some(nil) }
                    state.waiter = continuation
                    return nil
                }
                if let answer {
                    continuation.resume(returning: answer)
                } else {
                    listener.withLock { $0 }?.read()
                }
            }
        } onCancel: {
            close()
        }
    }

    /// Nobody is let in any more; those who wait are sent away by the system.
    func close() {
        listener.withLock { $0 }?.close(promise: nil)
        end()
    }

    private func arrive(_ line: PrinterLine) {
        let (waiter, isTooLate) = state.withLock { state in
            defer { state.waiter = nil }
            let isTooLate = state.isClosed || (state.waiter == nil && state.arrived != nil)
            if state.waiter == nil, !isTooLate { state.arrived = line }
            return (state.waiter, isTooLate)
        }
        if isTooLate { line.close() } else { waiter?.resume(returning: line) }
    }

    private func end() {
        let (waiter, line) = state.withLock { state in
            defer { (state.waiter, state.arrived) = (nil, nil) }
            state.isClosed = true
            return (state.waiter, state.arrived)
        }
        line?.close()
        waiter?.resume(returning: nil)
    }
}
