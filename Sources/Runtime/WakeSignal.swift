public import Foundation
import Synchronization

/// Wakes the one task that waits. Rings that nobody waited for fall together into one, which the next wait takes.
public final class WakeSignal: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func notify() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.hasRung = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, at `deadline`, or when the task is cancelled.
    public func wait(until deadline: Date?, clock: GatewayClock) async {
        guard let deadline else { return await wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await clock.sleep(until: deadline)
                self.notify()
            }
            await wait()
            group.cancelAll()
        }
        // The sleeper rings when it is cancelled, too; nobody is to be woken by that.
        state.withLock { $0.hasRung = false }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let rungOrReplaced = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    if state.hasRung || Task.isCancelled {
                        state.hasRung = false
                        return continuation
                    }
                    defer { state.waiter = continuation }
                    return state.waiter
                }
                rungOrReplaced?.resume()
            }
        } onCancel: {
            notify()
        }
    }

    /// Rings at every tick, until the ticks end or the task is cancelled.
    public func notify(at ticks: AsyncStream<Void>) async {
        for await _ in ticks { notify() }
    }
}
