import Printing
import Runtime
import Synchronization

/// What staff ask of a printer besides its prints. A printer serves one conversation at a time, so these wait their
/// turn.
public enum PrinterRequest: Sendable, Equatable {
    /// Ask it for its state.
    case look
    case openDrawer
    case testPage
}

/// The requests that wait for one print worker, and the tasks that wait for them.
final class PrinterRequests: Sendable {
    typealias Answer = Waiter<Result<Void, PrintingError>>

    /// A request, and the task that waits for its answer.
    struct Pending: Sendable {
        let request: PrinterRequest
        let answer: Answer
    }

    /// More than staff can ask for while one is being done.
    private static let maximum = 16

    private struct State {
        var waiting: [Pending] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// The next request; its taker answers it.
    func take() -> Pending? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    /// Waits until the print worker has done it, or the waiting task is cancelled.
    func ask(_ request: PrinterRequest, waking wakeSignal: WakeSignal) async throws(PrintingError) {
        var own: Answer?
        let outcome = await Answer.wait { answer in
            own = answer
            let refusal: PrintingError? = state.withLock { state in
                if state.isClosed { return Self.cancelled }
                guard state.waiting.count < Self.maximum else {
                    return PrintingError(.notReady, "too many requests wait for this printer already")
                }
                state.waiting.append(Pending(request: request, answer: answer))
                return nil
            }
            if let refusal { answer.resume(returning: .failure(refusal)) } else { wakeSignal.notify() }
        }
        guard let result = outcome.answer else {
            state.withLock { $0.waiting.removeAll { $0.answer === own } }
            throw Self.cancelled
        }
        try result.get()
    }

    /// Nobody will do any more of them.
    func close() {
        let waiting = state.withLock { state in
            defer { state = State(isClosed: true) }
            return state.waiting
        }
        for pending in waiting { pending.answer.resume(returning: .failure(Self.cancelled)) }
    }

    private static let cancelled = PrintingError(.cancelled, "nobody waits for it any more, or the gateway is stopping")
}
