import Synchronization

/// One task's wait for an answer that comes from elsewhere. It ends once, by the first of these: the answer, the deadline
/// or the cancellation of the task.
///
/// The code that owes the answer keeps the waiter, and drops it if the wait ended without one:
///
/// ```swift
/// var own: Waiter<Bool>?
/// let outcome = await Waiter<Bool>.wait(within: limit) { waiter in
///     own = waiter
///     state.withLock { $0.waiting.append(waiter) }
/// }
/// if outcome.answer == nil { state.withLock { $0.waiting.removeAll { $0 === own } } }
/// ```
public final class Waiter<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<WaitOutcome<Value>, Never>)
        /// Ended before it was awaited.
        case ended(WaitOutcome<Value>)
        case over
    }

    private let state = Mutex(State.open)

    init() {}

    /// Answers. False if the wait has ended already: the value reaches nobody then.
    @discardableResult
    public func resume(returning value: Value) -> Bool { end(.answered(value)) }

    /// Waits for the answer.
    ///
    /// - Parameters:
    ///   - limit: nil if only the answer and the cancellation end the wait.
    ///   - isCancellable: false if the wait has to go on to its end, such as while something is being stored.
    ///   - begin: passes the waiter to the code that answers, which may do so at once. Not called if the task was
    ///     cancelled before.
    public static func wait(
        within limit: Duration? = nil, isCancellable: Bool = true, isolation: isolated (any Actor)? = #isolation,
        _ begin: (Waiter) -> Void
    ) async -> WaitOutcome<Value> {
        if isCancellable, Task.isCancelled { return .cancelled }
        let waiter = Waiter()
        begin(waiter)
        let deadline = limit.map { limit in
            Deadline(after: limit) { [weak waiter] in waiter?.end(.late) }
        }
        defer { deadline?.cancel() }
        return await isCancellable ? waiter.outcomeOrCancellation() : waiter.outcome()
    }

    /// Like ``wait(within:isCancellable:isolation:_:)``, but late as soon as `pause` returns: for deadlines by other
    /// clocks.
    static func wait(
        during pause: @escaping @Sendable () async throws -> Void, _ begin: (Waiter) -> Void
    ) async -> WaitOutcome<Value> {
        if Task.isCancelled { return .cancelled }
        let waiter = Waiter()
        begin(waiter)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await pause() } catch { return }
                waiter.end(.late)
            }
            defer { group.cancelAll() }
            return await waiter.outcomeOrCancellation()
        }
    }

    private func outcomeOrCancellation(isolation: isolated (any Actor)? = #isolation) async -> WaitOutcome<Value> {
        await withTaskCancellationHandler {
            await outcome()
        } onCancel: {
            end(.cancelled)
        }
    }

    @discardableResult
    func end(_ outcome: WaitOutcome<Value>) -> Bool {
        let (isFirst, continuation) = state.withLock {
            state -> (Bool, CheckedContinuation<WaitOutcome<Value>, Never>?) in
            switch state {
            case .open:
                state = .ended(outcome)
                return (true, nil)
            case .awaited(let continuation):
                state = .over
                return (true, continuation)
            case .ended, .over:
                return (false, nil)
            }
        }
        continuation?.resume(returning: outcome)
        return isFirst
    }

    /// Awaited by one task, once.
    func outcome(isolation: isolated (any Actor)? = #isolation) async -> WaitOutcome<Value> {
        await withCheckedContinuation { continuation in
            let ended: WaitOutcome<Value>? = state.withLock { state in
                if case .ended(let outcome) = state {
                    state = .over
                    return outcome
                }
                state = .awaited(continuation)
                return nil
            }
            if let ended { continuation.resume(returning: ended) }
        }
    }
}
