import Synchronization

/// A number that only grows, and those who wait for it to reach a mark. Nobody polls and nobody waits for ever.
final class Milestone: Sendable {
    private struct Waiter {
        let mark: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var reached = 0
        var stopped: SimulatorError?
        var nextID = 0
        var waiters: [Int: Waiter] = [:]
        /// Those whose deadline or cancellation came before they stood in line.
        var givenUp: Set<Int> = []
    }

    private let state = Mutex(State())
    private let name: String

    /// - Parameter name: what is counted, for the message of a wait that ends at its deadline
    init(_ name: String) {
        self.name = name
    }

    var reached: Int { state.withLock(\.reached) }

    /// Moves to a number; a smaller one than before changes nothing.
    func advance(to number: Int) {
        let woken = state.withLock { state -> [Waiter] in
            guard number > state.reached else { return [] }
            state.reached = number
            let ready = state.waiters.filter { $0.value.mark <= number }
            for id in ready.keys { state.waiters[id] = nil }
            return Array(ready.values)
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Ends every wait that cannot come true any more, now and later.
    func stop(_ error: SimulatorError) {
        let woken = state.withLock { state -> [Waiter] in
            state.stopped = error
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in woken { waiter.continuation.resume(throwing: error) }
    }

    /// Returns once the number is at least `mark`.
    func wait(for mark: Int, within limit: Duration) async throws {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        let name = name
        let deadline = Task { [weak self] in
            try await Task.sleep(for: limit)
            self?.giveUp(id, SimulatorError(.timedOut, "\(mark) \(name) expected within \(limit)"))
        }
        defer {
            deadline.cancel()
            state.withLock { _ = $0.givenUp.remove(id) }
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if state.reached >= mark { return .success(()) }
                    if let stopped = state.stopped { return .failure(stopped) }
                    if state.givenUp.contains(id) { return .failure(CancellationError()) }
                    state.waiters[id] = Waiter(mark: mark, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            giveUp(id, CancellationError())
        }
    }

    private func giveUp(_ id: Int, _ error: any Error) {
        let waiter = state.withLock { state -> Waiter? in
            if let waiter = state.waiters.removeValue(forKey: id) { return waiter }
            state.givenUp.insert(id)
            return nil
        }
        waiter?.continuation.resume(throwing: error)
    }
}
