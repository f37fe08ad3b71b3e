import Runtime
import Synchronization

/// A number that only grows, and tasks that wait for it to reach a mark. Nobody polls and nobody waits for ever.
final class Milestone: Sendable {
    private struct State {
        var reached = 0
        var stopped: SimulatorError?
    }

    private let state = Mutex(State())
    private let waiters = Waiters<Int, Result<Void, SimulatorError>>()
    private let name: String

    /// - Parameter name: what is counted, for the message of a wait that reaches its deadline
    init(_ name: String) {
        self.name = name
    }

    var reached: Int { state.withLock(\.reached) }

    /// Moves to a number; a smaller one than before changes nothing.
    func advance(to number: Int) {
        let hasGrown = state.withLock { state in
            defer { state.reached = max(state.reached, number) }
            return number > state.reached
        }
        if hasGrown { waiters.resume(returning: .success(())) { $0 <= number } }
    }

    /// Ends every wait that cannot be fulfilled any more, now and later.
    func stop(_ error: SimulatorError) {
        state.withLock { $0.stopped = error }
        waiters.resumeAll(returning: .failure(error))
    }

    /// Returns once the number is at least `mark`.
    func wait(for mark: Int, within limit: Duration) async throws {
        let outcome = await waiters.wait(for: mark, within: limit) {
            state.withLock { $0.reached >= mark ? .success(()) : $0.stopped.map { .failure($0) } }
        }
        switch outcome {
        case .answered(let result): try result.get()
        case .late: throw SimulatorError(.timedOut, "\(mark) \(name) expected within \(limit)")
        case .cancelled: throw CancellationError()
        }
    }
}
