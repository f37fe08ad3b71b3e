import Synchronization

/// What a printer has sent and nobody has read yet. Bounded: a printer that chatters beyond it loses its newest bytes.
final class Inbox: Sendable {
    static let capacity = 64 * 1_024

    private struct State {
        var bytes: [UInt8] = []
        var ended = false
        var waiter: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func put(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            state.bytes += bytes.prefix(Self.capacity - state.bytes.count)
            return state.waiter
        }?()
    }

    func end() {
        state.withLock { state in
            state.ended = true
            return state.waiter
        }?()
    }

    /// All that is there; `[]` when there is nothing, nil when there never will be.
    func take() -> [UInt8]? {
        state.withLock { state in
            state.waiter = nil
            if state.bytes.isEmpty, state.ended { return nil }
            defer { state.bytes = [] }
            return state.bytes
        }
    }

    /// Calls `waiter` as soon as there is something to take.
    func wake(_ waiter: @escaping @Sendable () -> Void) {
        let ready = state.withLock { state in
            state.waiter = waiter
            return state.ended || !state.bytes.isEmpty
        }
        if ready { waiter() }
    }
}
