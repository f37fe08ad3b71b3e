import Synchronization

/// Keeps a directory's changes until somebody asks for them.
final class DirectoryMailbox: Sendable {
    /// Names that are kept; whoever is asked for more says only that there are more.
    static let mostNames = 4_096

    private struct State {
        var changes = DirectoryChanges()
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func put(_ change: (inout DirectoryChanges) -> Void) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state.changes)
            if state.changes.finished.count > Self.mostNames {
                state.changes.finished = [:]
                state.changes.isIncomplete = true
            }
            guard !state.changes.isEmpty else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// That it is over stays so.
    func take() -> DirectoryChanges {
        state.withLock { state in
            let changes = state.changes
            state.changes = DirectoryChanges()
            state.changes.isOver = changes.isOver
            return changes
        }
    }

    /// Returns when there are changes, or when the task is cancelled. One may wait at a time.
    func waitForChanges() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let replaced = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    if !state.changes.isEmpty || Task.isCancelled { return continuation }
                    defer { state.waiter = continuation }
                    return state.waiter
                }
                replaced?.resume()
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
