import Foundation
import Journey
import Runtime

/// The purpose of a call.
enum Work: Hashable, Sendable {
    case job(Int64)
    case healthCheck
}

/// Who may call the service now: the most urgent first, and of these the first that came. Calls about documents have
/// places of their own: they take none from sales, and none is given while a sale waits for one. Looks for what may have been
/// made have places of their own as well: each may take long, and all that go on at once share what they read.
struct CallQueue {
    static let lookPlaces = 64

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

    /// Whether a call waits for one of the places that sales share.
    var hasOrdinaryWaiting: Bool { waiting.contains { $0.priority.isOrdinary } }

    /// The last places are kept for tills' jobs.
    private func next(by policy: ServicePolicy, at now: Date) -> Int? {
        if let look = waiting.firstIndex(where: { $0.priority == .look }),
            calling.values.count(where: { $0 == .look }) < Self.lookPlaces
        {
            return look
        }
        let others = waiting.indices.lazy.filter { waiting[$0].priority != .look }
        guard let first = others.min(by: { waiting[$0].priority < waiting[$1].priority }) else { return nil }
        if waiting[first].priority == .documents {
            return calling.values.count { $0 == .documents } < DocumentPolicy.allPlaces ? first : nil
        }
        let ordinary = calling.values.filter(\.isOrdinary)
        guard policy.allowance(inFlight: ordinary.count, at: now) > 0 else { return nil }
        if waiting[first].priority == .till { return first }
        return policy.backlogAllowance(inFlight: ordinary.count { $0 != .till }, at: now) > 0 ? first : nil
    }
}

extension Priority {
    /// Whether calls of it share the places that the policy gives.
    var isOrdinary: Bool { self != .documents && self != .look }
}
