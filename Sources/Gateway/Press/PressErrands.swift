import Printing
import Synchronization

/// What staff ask of a printer beside its prints. A printer serves one conversation at a time, so these wait their turn.
public enum PressErrand: Sendable, Equatable {
    /// Ask it how it is.
    case look
    case openDrawer
    case testPage
}

/// The errands that wait for one press, and those who wait for them.
final class PressErrands: Sendable {
    /// More than staff can ask for while one is being done.
    private static let maximum = 16

    private struct State {
        var waiting: [(key: Int, errand: PressErrand)] = []
        var answers: [Int: CheckedContinuation<Result<Void, PrintingError>, Never>] = [:]
        var nextKey = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// The next errand; ``finish(_:_:)`` is to follow.
    func take() -> (key: Int, errand: PressErrand)? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    func finish(_ key: Int, _ result: Result<Void, PrintingError>) {
        let answer = state.withLock { state in
            state.waiting.removeAll { $0.key == key }
            return state.answers.removeValue(forKey: key)
        }
        answer?.resume(returning: result)
    }

    /// Waits until the press has done it, or the waiting task is cancelled.
    func ask(_ errand: PressErrand, ringing bell: Bell) async throws(PrintingError) {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let refusal: PrintingError? = state.withLock { state in
                    if state.isClosed || Task.isCancelled { return Self.cancelled }
                    guard state.waiting.count < Self.maximum else {
                        return PrintingError(.stalled, "too many requests wait for this printer already")
                    }
                    state.waiting.append((key, errand))
                    state.answers[key] = continuation
                    return nil
                }
                if let refusal { continuation.resume(returning: .failure(refusal)) } else { bell.ring() }
            }
        } onCancel: {
            finish(key, .failure(Self.cancelled))
        }
        try result.get()
    }

    /// Nobody will do any more of them.
    func close() {
        let keys = state.withLock { state in
            state.isClosed = true
            return Array(state.answers.keys)
        }
        for key in keys { finish(key, .failure(Self.cancelled)) }
    }

    private static let cancelled = PrintingError(.cancelled, "nobody waits for it any more, or the gateway is stopping")
}
