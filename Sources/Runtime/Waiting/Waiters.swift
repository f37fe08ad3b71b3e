import Synchronization

/// Many tasks that wait, each for a goal of its own.
public final class Waiters<Goal: Sendable, Value: Sendable>: Sendable {
    private let line = Mutex<[(goal: Goal, waiter: Waiter<Value>)]>([])

    public init() {}

    /// Waits until it is resumed, the limit is over, or the task is cancelled.
    ///
    /// - Parameter onceInLine: called when the task is in line, so nothing is missed between a look and the wait:
    ///   returns a value if there is nothing to wait for.
    public func wait(
        for goal: Goal, within limit: Duration? = nil, isolation: isolated (any Actor)? = #isolation,
        onceInLine: () -> Value? = { nil }
    ) async -> WaitOutcome<Value> {
        var own: Waiter<Value>?
        let outcome = await Waiter<Value>.wait(within: limit) { waiter in
            own = waiter
            line.withLock { $0.append((goal, waiter)) }
            if let value = onceInLine() { waiter.resume(returning: value) }
        }
        line.withLock { $0.removeAll { $0.waiter === own } }
        return outcome
    }

    /// Resumes those whose goal is reached.
    public func resume(returning value: Value, where isReached: (Goal) -> Bool) {
        let reached = line.withLock { line in
            let reached = line.filter { isReached($0.goal) }
            if !reached.isEmpty { line.removeAll { isReached($0.goal) } }
            return reached.map(\.waiter)
        }
        for waiter in reached { waiter.resume(returning: value) }
    }

    /// Resumes all tasks.
    public func resumeAll(returning value: Value) {
        resume(returning: value) { _ in true }
    }

    /// Whether any task waits for such a goal.
    public func contains(where isSuch: (Goal) -> Bool) -> Bool {
        line.withLock { $0.contains { isSuch($0.goal) } }
    }
}

extension Waiters where Value == Void {
    /// Resumes those whose goal is reached.
    public func resume(where isReached: (Goal) -> Bool) {
        resume(returning: (), where: isReached)
    }
}
