import NIOCore
import NIOPosix
import Runtime
import Synchronization

/// A listening socket that accepts one connection at a time, on request. The others wait unaccepted in the system's
/// queue, as before a real printer.
final class PrinterPort: Sendable {
    private struct State {
        var arrived: PrinterLine?
        var isClosed = false
        var waiter: Waiter<PrinterLine?>?
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
        let outcome = await Waiter<PrinterLine?>.wait { waiter in
            let answer = state.withLock { state -> PrinterLine?? in
                if let line = state.arrived {
                    state.arrived = nil
                    return line
                }
                if state.isClosed { return .some(nil) }
                state.waiter = waiter
                return nil
            }
            if let answer {
                waiter.resume(returning: answer)
            } else {
                listener.withLock { $0 }?.read()
            }
        }
        guard case .answered(let line) = outcome else {
            close()
            return nil
        }
        return line
    }

    /// Accepts nobody any more; the system rejects those who wait.
    func close() {
        listener.withLock { $0 }?.close(promise: nil)
        end()
    }

    private func arrive(_ line: PrinterLine) {
        let isTaken = state.withLock { state in
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter.resume(returning: line)
            }
            guard !state.isClosed, state.arrived == nil else { return false }
            state.arrived = line
            return true
        }
        if !isTaken { line.close() }
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
