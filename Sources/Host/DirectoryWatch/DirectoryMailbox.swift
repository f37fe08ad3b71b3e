import Runtime
import Synchronization

/// Keeps a directory's changes until somebody takes them.
final class DirectoryMailbox: Sendable {
    /// The names that are kept; beyond them the mailbox only says that there are more.
    static let mostNames = 4_096

    private struct State {
        var changes = DirectoryChanges()
        var waiter: Waiter<Void>?
    }

    private let state = Mutex(State())

    func put(_ change: (inout DirectoryChanges) -> Void) {
        let waiter = state.withLock { state -> Waiter<Void>? in
            change(&state.changes)
            if state.changes.finished.count > Self.mostNames {
                state.changes.finished = [:]
                state.changes.isIncomplete = true
            }
            guard !state.changes.isEmpty else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: ())
    }

    /// The end of the watch is never forgotten.
    func take() -> DirectoryChanges {
        state.withLock { state in
            let changes = state.changes
            state.changes = DirectoryChanges()
            state.changes.isOver = changes.isOver
            return changes
        }
    }

    /// Returns when there are changes, after `limit`, or when the task is cancelled. One caller may wait at a time.
    func waitForChanges(within limit: Duration) async {
        _ = await Waiter<Void>.wait(within: limit) { waiter in
            let readyOrReplaced = state.withLock { state -> Waiter<Void>? in
                if !state.changes.isEmpty { return waiter }
                defer { state.waiter = waiter }
                return state.waiter
            }
            readyOrReplaced?.resume(returning: ())
        }
    }
}
