public import Foundation
import Synchronization

/// Wakes the one task that waits. Signals that nobody waits for merge into one, which the next wait takes.
public final class WakeSignal: Sendable {
    private struct State {
        var hasRung = false
        var waiter: Waiter<Void>?
    }

    private let state = Mutex(State())

    public init() {}

    public func notify() {
        state.withLock { state in
            // A wait that has ended by itself takes no signal any more; the next one does.
            let isHeard = state.waiter?.resume(returning: ()) ?? false
            state = State(hasRung: !isHeard)
        }
    }

    /// Returns at the next signal, at `deadline`, or when the task is cancelled.
    ///
    /// - Returns: whether a signal ended the wait.
    @discardableResult
    public func wait(until deadline: Date?, clock: GatewayClock) async -> Bool {
        let begin = { (waiter: Waiter<Void>) in
            let rungOrReplaced = self.state.withLock { state -> Waiter<Void>? in
                if state.hasRung {
                    state.hasRung = false
                    return waiter
                }
                defer { state.waiter = waiter }
                return state.waiter
            }
            rungOrReplaced?.resume(returning: ())
        }
        guard let deadline else { return await Waiter.wait(begin).answer != nil }
        return await Waiter.wait(during: { try await clock.sleep(until: deadline) }, begin).answer != nil
    }

    /// Signals at every tick, until the ticks end or the task is cancelled.
    public func notify(at ticks: AsyncStream<Void>) async {
        for await _ in ticks { notify() }
    }
}
