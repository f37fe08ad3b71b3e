import NIOPosix
import Runtime
import Synchronization

/// A disk that may hang, such as a network share: work on it has threads of its own, so that it holds up nothing else, and
/// nobody waits for it longer than a limit.
public final class SlowDisk: Sendable {
    /// Work on a disk that has to be over by some time.
    struct Use: Sendable {
        let disk: SlowDisk
        let limit: Duration
        let deadline: ContinuousClock.Instant

        func run<Value: Sendable>(
            _ body: @escaping @Sendable () throws(HostError) -> Value
        ) async throws(HostError) -> Value {
            try await disk.run(body, in: self)
        }
    }

    /// One call of the system.
    private final class Turn: Sendable {
        let isGivenUp = Atomic(false)
    }

    private static let threadCount = 2

    @TaskLocal static var current: Use?

    private let threads = NIOThreadPool(numberOfThreads: threadCount)
    /// Since when each thread has been in the call that it makes now.
    private let inWork = Mutex<[ObjectIdentifier: ContinuousClock.Instant]>([:])

    public init() {
        threads.start()
    }

    deinit {
        // Nothing runs in them: work keeps its disk.
        threads.shutdownGracefully { _ in }
    }

    /// Everything of this room that `body` does waits in this disk's threads.
    ///
    /// - Parameter limit: of all of it together. At once it is over for a disk whose threads have all been held up so long.
    public func use<Value: Sendable>(
        within limit: Duration, _ body: () async throws(HostError) -> Value
    ) async throws(HostError) -> Value {
        let use = Use(disk: self, limit: limit, deadline: .now + limit)
        let result: Result<Value, HostError> = await Self.$current.withValue(use) {
            do throws(HostError) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Whether some work has got no answer for so long.
    public func hangs(for limit: Duration) -> Bool { threadsHeld(for: limit) > 0 }

    private func threadsHeld(for limit: Duration) -> Int {
        let now = ContinuousClock.now
        return inWork.withLock { $0.values.count { now - $0 >= limit } }
    }

    /// A call that has begun may go on although nobody waits for it any more; one that has not does not begin.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(HostError) -> Value, in use: Use
    ) async throws(HostError) -> Value {
        let late = HostError(.system, "The disk has not answered for \(use.limit.phrase).")
        guard threadsHeld(for: use.limit) < Self.threadCount else { throw late }
        let turn = Turn()
        let rest = max(use.deadline - .now, .zero)
        let outcome: WaitOutcome<Result<Value, HostError>> = await Waiter.wait(within: rest) { waiter in
            threads.submit { state in
                guard case .active = state, !turn.isGivenUp.load(ordering: .relaxed) else { return }
                self.inWork.withLock { $0[ObjectIdentifier(turn)] = .now }
                let result: Result<Value, HostError>
                do throws(HostError) { result = .success(try body()) } catch { result = .failure(error) }
                self.inWork.withLock { $0[ObjectIdentifier(turn)] = nil }
                waiter.resume(returning: result)
            }
        }
        switch outcome {
        case .answered(let result): return try result.get()
        case .late:
            turn.isGivenUp.store(true, ordering: .relaxed)
            throw late
        case .cancelled:
            turn.isGivenUp.store(true, ordering: .relaxed)
            throw HostError(.cancelled, "The work was given up.")
        }
    }
}
