import NIOPosix
import Runtime

/// A thread for one printer's blocking calls, so they hold up nobody else. It makes them one after the other.
final class BlockingThread: Sendable {
    private let pool = NIOThreadPool(numberOfThreads: 1)

    init() {
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    func submit(_ work: @escaping @Sendable () -> Void) {
        pool.submit { state in
            if case .active = state { work() }
        }
    }

    /// Waits for `work`. Late work still runs to its end, and its value is dropped.
    func run<Value: Sendable>(
        within limit: Duration, isCancellable: Bool = true, _ work: @escaping @Sendable () -> Value
    ) async -> WaitOutcome<Value> {
        await Waiter.wait(within: limit, isCancellable: isCancellable) { answer in
            submit { answer.resume(returning: work()) }
        }
    }
}
