import Foundation
import Journey
import Outbox
import Runtime
import Sales

// Places among the calls.
extension JobWorker {
    /// Waits for a place, the most urgent first. True: ``leaveCalls(_:)`` has to follow. False if no call may be made
    /// any more: meanwhile the service was found down or the account refused, or the gateway stops.
    func enterCalls(_ job: JobRecord) async -> Bool {
        if isStopping { return false }
        let work = Work.job(job.seq)
        let priority = inWork[work] ?? .backlog
        // A probe goes alone, and when it is due.
        guard health.policy.condition.isUp else {
            guard priority.isOrdinary, ordinaryInWork.count == 1,
                health.policy.isProbeDue(at: clock.now), !isHeldForProbe
            else { return false }
            queue.enter(work, priority)
            return true
        }
        let outcome = await Waiter<Bool>.wait { waiter in
            queue.wait(work, priority, waiter)
            callNext()
        }
        if outcome.answer == nil { queue.giveUp(work) }
        return outcome.answer ?? false
    }

    func leaveCalls(_ work: Work) {
        queue.leave(work)
        callNext()
    }

    /// Admits the jobs that may call now, or sends all away.
    func callNext() {
        if isStopping || !health.policy.condition.isUp {
            queue.dismiss()
        } else {
            queue.admit(by: health.policy, at: clock.now)
        }
    }
}
