import Foundation
import Journey
import Runtime

/// The purpose of a call.
enum Work: Hashable, Sendable {
    case job(Int64)
    case healthCheck
}

/// Who may call the service now: the most urgent first, and of these the first that came. Calls about documents have
/// places of their own: they take none from sales, and none is given while a sale waits for one.
struct CallQueue {
    private struct Waiting {
        let work: Work
        let priority: Priority
        let waiter: Waiter<Bool>
    }

    /// The holders of a place among the calls.
    private(set) var calling: [Work: Priority] = [:]
    private var waiting: [Waiting] = []

    /// - Parameter waiter: answered with true when the work has a place, with false when it is sent away.
    mutating func wait(_ work: Work, _ priority: Priority, _ waiter: Waiter<Bool>) {
        waiting.append(Waiting(work: work, priority: priority, waiter: waiter))
    }

    /// The work waits no longer.
    mutating func giveUp(_ work: Work) { waiting.removeAll { $0.work == work } }

    /// Takes a place without waiting.
    mutating func enter(_ work: Work, _ priority: Priority) { calling[work] = priority }

    mutating func leave(_ work: Work) { calling[work] = nil }

    /// Admits as many as the policy allows.
    mutating func admit(by policy: ServicePolicy, at now: Date) {
        while let index = next(by: policy, at: now) {
            let admitted = waiting.remove(at: index)
            // A place that nobody waits for any more goes to the next.
            if admitted.waiter.resume(returning: true) { calling[admitted.work] = admitted.priority }
        }
    }

    /// Sends all away that wait.
    mutating func dismiss() {
        let dismissed = waiting
        waiting = []
        for waiting in dismissed { waiting.waiter.resume(returning: false) }
    }

    /// Whether anything but calls about documents waits.
    var hasOrdinaryWaiting: Bool { waiting.contains { $0.priority != .documents } }

    /// The last places are kept for tills' jobs.
    private func next(by policy: ServicePolicy, at now: Date) -> Int? {
        guard let first = waiting.indices.min(by: { waiting[$0].priority < waiting[$1].priority }) else { return nil }
        let ordinary = calling.values.filter { $0 != .documents }
        if waiting[first].priority == .documents {
            return calling.count - ordinary.count < DocumentPolicy.allPlaces ? first : nil
        }
        guard policy.allowance(inFlight: ordinary.count, at: now) > 0 else { return nil }
        if waiting[first].priority == .till { return first }
        return policy.backlogAllowance(inFlight: ordinary.count { $0 != .till }, at: now) > 0 ? first : nil
    }
}
