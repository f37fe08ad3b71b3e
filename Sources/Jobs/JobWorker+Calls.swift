import Foundation
import Journey
import Outbox
import Runtime

// Places among the calls.
extension JobWorker {
    /// Waits for a place, those whose customer waits first. True: ``leaveCalls(_:)`` is to follow. False where no call is to be
    /// made any more: the provider was found to be down or to refuse the account meanwhile, or the gateway stops.
    func enterCalls(_ owed: JobRecord) async -> Bool {
        if isStopping { return false }
        // A probe goes alone, and when it is due.
        guard policy.condition.isUp else {
            guard inFlight.count == 1, policy.isProbeDue(at: clock.now), !isHeldByCredentials else { return false }
            calling[owed.seq] = inFlight[owed.seq]
            return true
        }
        let priority = inFlight[owed.seq] ?? .backlog
        return await withCheckedContinuation { continuation in
            waiting.append((owed.seq, priority, continuation))
            callNext()
        }
    }

    func leaveCalls(_ seq: Int64) {
        calling[seq] = nil
        callNext()
    }

    /// Lets in who may call now, or sends all away.
    func callNext() {
        if isStopping || !policy.condition.isUp {
            let refused = waiting
            waiting = []
            for (_, _, continuation) in refused { continuation.resume(returning: false) }
            return
        }
        let now = clock.now
        while policy.allowance(inFlight: calling.count, at: now) > 0, let index = nextCaller(at: now) {
            let (seq, priority, continuation) = waiting.remove(at: index)
            calling[seq] = priority
            continuation.resume(returning: true)
        }
    }

    /// Of those that wait the most urgent, and of these the first; but the last places are kept for what tills send.
    private func nextCaller(at now: Date) -> Int? {
        guard let first = waiting.indices.min(by: { waiting[$0].priority.rawValue < waiting[$1].priority.rawValue })
        else {
            return nil
        }
        if waiting[first].priority == .till { return first }
        return policy.backlogAllowance(inFlight: calling.values.count { $0 != .till }, at: now) > 0 ? first : nil
    }
}
