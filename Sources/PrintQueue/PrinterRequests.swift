import Printing
import Runtime
import Synchronization

/// What staff ask of a printer beside its prints. A printer serves one conversation at a time, so these wait their turn.
public enum PrinterRequest: Sendable, Equatable {
    /// Ask it how it is.
    case look
    case openDrawer
    case testPage
}

/// The requests that wait for one print worker, and those who wait for them.
final class PrinterRequests: Sendable {
    /// More than staff can ask for while one is being done.
    private static let maximum = 16

    private struct State {
        var waiting: [(key: Int, request: PrinterRequest)] = []
        var answers: [Int: CheckedContinuation<Result<Void, PrintingError>, Never>] = [:]
        var nextKey = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// The next request; ``finish(_:_:)`` is to follow.
    func take() -> (key: Int, request: PrinterRequest)? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    func finish(_ key: Int, _ result: Result<Void, PrintingError>) {
        let answer = state.withLock { state in
            state.waiting.removeAll { $0.key == key }
            return state.answers.removeValue(forKey: key)
        }
        answer?.resume(returning: result)
    }

    /// Waits until the print worker has done it, or the waiting task is cancelled.
    func ask(_ request: PrinterRequest, waking wakeSignal: WakeSignal) async throws(PrintingError) {
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
                    state.waiting.append((key, request))
                    state.answers[key] = continuation
                    return nil
                }
                if let refusal { continuation.resume(returning: .failure(refusal)) } else { wakeSignal.notify() }
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
