import Gateway
import Synchronization

/// So many places and no more. Who finds none waits a little, in the order of arrival, and is then refused.
final class AsyncSemaphore: Sendable {
    private struct State {
        var taken = 0
        var waiting: [(key: Int, places: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextKey = 0
    }

    private let places: Int
    private let waitLimit: Duration
    private let state = Mutex(State())

    init(places: Int, waitLimit: Duration) {
        self.places = places
        self.waitLimit = waitLimit
    }

    /// Does `work` in one place.
    func pass<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await enter(1)
        defer { leave(1) }
        return try await work()
    }

    /// Throws ``OperationError/unavailable(_:retryAfter:)`` where there is no room in time; else ``leave(_:)`` is to follow.
    ///
    /// - Parameter wanted: who wants more than there are gets all of them.
    func enter(_ wanted: Int) async throws {
        let wanted = min(wanted, places)
        let isIn = state.withLock { $0.waiting.isEmpty && take(wanted, of: &$0) }
        if isIn { return }
        let waitLimit = waitLimit
        let wasLetIn = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.wait(for: wanted) }
            group.addTask {
                try? await Task.sleep(for: waitLimit)
                return false
            }
            // Whichever comes first; a place that was given in the same moment is not lost.
            let first = await group.next() ?? false
            group.cancelAll()
            return await group.reduce(first) { $0 || $1 }
        }
        guard wasLetIn else {
            throw OperationError.unavailable(
                "too many requests are being taken already, or the disk is slow; send it again", retryAfter: .seconds(1)
            )
        }
    }

    func leave(_ wanted: Int) {
        let admitted = state.withLock { state in
            state.taken -= min(wanted, places)
            return admit(to: &state)
        }
        for continuation in admitted { continuation.resume(returning: true) }
    }

    private func wait(for wanted: Int) async -> Bool {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.waiting.isEmpty, take(wanted, of: &state) { return true }
                    state.waiting.append((key, wanted, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let (refused, admitted) = state.withLock { state in
                let index = state.waiting.firstIndex { $0.key == key }
                let continuation = index.map { state.waiting.remove(at: $0).continuation }
                // The one behind it may fit where this one did not.
                return (continuation, admit(to: &state))
            }
            refused?.resume(returning: false)
            for continuation in admitted { continuation.resume(returning: true) }
        }
    }

    private func take(_ wanted: Int, of state: inout State) -> Bool {
        guard state.taken + wanted <= places else { return false }
        state.taken += wanted
        return true
    }

    private func admit(to state: inout State) -> [CheckedContinuation<Bool, Never>] {
        var admitted: [CheckedContinuation<Bool, Never>] = []
        while let next = state.waiting.first, take(next.places, of: &state) {
            admitted.append(state.waiting.removeFirst().continuation)
        }
        return admitted
    }
}
