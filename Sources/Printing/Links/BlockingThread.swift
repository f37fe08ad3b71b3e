import NIOPosix

/// A thread of a printer's own for calls that may block, so that they hold up nobody else. They are made one after the other.
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

    /// Waits for `work`. When it is late it is still made to its end, and its value is dropped.
    func run<Value: Sendable>(
        within limit: Duration, mindingCancellation: Bool = true, _ work: @escaping @Sendable () -> Value
    ) async -> Awaited<Value> {
        await Awaited.value(within: limit, mindingCancellation: mindingCancellation) { answer in
            submit { answer.give(.done(work())) }
        }
    }
}
