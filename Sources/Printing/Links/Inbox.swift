import Synchronization

/// What a printer has sent and nobody has read yet. Bounded: a printer that chatters beyond it loses its newest bytes.
final class Inbox: Sendable {
    static let capacity = 64 * 1_024

    private struct State {
        var bytes: [UInt8] = []
        var ended = false
        var isBroken = false
        var waiter: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func put(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            state.bytes += bytes.prefix(Self.capacity - state.bytes.count)
            return state.waiter
        }?()
    }

    /// Whether nothing more will come, and whether that is because the other end broke off.
    var hasEnded: Bool { state.withLock(\.ended) }
    var isBroken: Bool { state.withLock(\.isBroken) }

    /// - Parameter broken: without a word of farewell: what was on its way to the other end may be lost.
    func end(broken: Bool = false) {
        state.withLock { state in
            state.ended = true
            state.isBroken = state.isBroken || broken
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
