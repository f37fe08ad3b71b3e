import Runtime
import Synchronization

/// A fixed number of places. A task that finds none waits a little, in the order of arrival, and is then refused.
public final class AsyncSemaphore: Sendable {
    private struct State {
        var taken = 0
        var waiting: [(places: Int, waiter: Waiter<Void>)] = []
    }

    private let places: Int
    private let waitLimit: Duration
    private let refusal: String
    private let state = Mutex(State())

    /// - Parameter refusal: what a task that finds no place is told.
    public init(places: Int, waitLimit: Duration, refusal: String) {
        self.places = places
        self.waitLimit = waitLimit
        self.refusal = refusal
    }

    /// Does `work` in one place.
    public func pass<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await enter(1)
        defer { leave(1) }
        return try await work()
    }

    /// Throws ``OperationError/unavailable(_:retryAfter:)`` if there is no room in time; otherwise ``leave(_:)`` has to
    /// follow.
    ///
    /// - Parameter wanted: a task that wants more than there are gets all of them.
    public func enter(_ wanted: Int) async throws {
        let wanted = min(wanted, places)
        let isIn = state.withLock { $0.waiting.isEmpty && take(wanted, of: &$0) }
        if isIn { return }
        var own: Waiter<Void>?
        let outcome = await Waiter<Void>.wait(within: waitLimit) { waiter in
            own = waiter
            state.withLock { state in
                state.waiting.append((wanted, waiter))
                admit(to: &state)
            }
        }
        guard outcome.answer == nil else { return }
        state.withLock { state in
            state.waiting.removeAll { $0.waiter === own }
            // The one behind it may fit although this one did not.
            admit(to: &state)
        }
        throw OperationError.unavailable(refusal, retryAfter: .seconds(1))
    }

    public func leave(_ wanted: Int) {
        state.withLock { state in
            state.taken -= min(wanted, places)
            admit(to: &state)
        }
    }

    private func take(_ wanted: Int, of state: inout State) -> Bool {
        guard state.taken + wanted <= places else { return false }
        state.taken += wanted
        return true
    }

    /// Admits the tasks that fit, in order. A place that nobody waits for any more goes to the next.
    private func admit(to state: inout State) {
        while let next = state.waiting.first, take(next.places, of: &state) {
            state.waiting.removeFirst()
            if !next.waiter.resume(returning: ()) { state.taken -= next.places }
        }
    }
}
