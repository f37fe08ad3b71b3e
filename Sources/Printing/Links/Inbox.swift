import Runtime
import Synchronization

/// What a printer has sent and nobody has read yet. It is bounded: beyond that it loses the newest bytes.
final class Inbox: Sendable {
    static let capacity = 64 * 1_024

    private struct State {
        var bytes: [UInt8] = []
        var ended = false
        var isBroken = false
        var reader: Waiter<Void>?
    }

    private let state = Mutex(State())

    func put(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            state.bytes += bytes.prefix(Self.capacity - state.bytes.count)
            return state.reader
        }?.resume(returning: ())
    }

    /// Whether nothing more will come, and whether that is because the other end broke off.
    var hasEnded: Bool { state.withLock(\.ended) }
    var isBroken: Bool { state.withLock(\.isBroken) }

    /// - Parameter broken: the end came without an orderly close: bytes on their way to the other end may be lost.
    func end(broken: Bool = false) {
        state.withLock { state in
            state.ended = true
            state.isBroken = state.isBroken || broken
            return state.reader
        }?.resume(returning: ())
    }

    /// Everything that is there; `[]` if there is nothing, nil if there never will be.
    func take() -> [UInt8]? {
        state.withLock { state in
            state.reader = nil
            if state.bytes.isEmpty, state.ended { return nil }
            defer { state.bytes = [] }
            return state.bytes
        }
    }

    /// Waits until there is something to take, or never will be.
    func wait(within limit: Duration) async -> WaitOutcome<Void> {
        await Waiter.wait(within: limit) { reader in
            let isReady = state.withLock { state in
                state.reader = reader
                return state.ended || !state.bytes.isEmpty
            }
            if isReady { reader.resume(returning: ()) }
        }
    }
}
