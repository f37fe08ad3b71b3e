import Outbox
import Synchronization

/// The calls of the journal that this run has under way.
final class CallsUnderWay: Sendable {
    private let things = Mutex<[String: Int64?]>([:])
    private let seqs = Mutex<Set<Int64>>([])

    /// False if there is one about the same thing.
    func enter(_ thing: String) -> Bool {
        things.withLock { things in
            guard things[thing] == nil else { return false }
            things[thing] = .some(nil)
            return true
        }
    }

    func leave(_ thing: String) {
        let seq = things.withLock { $0.removeValue(forKey: thing) }
        if case .some(.some(let seq)) = seq { seqs.withLock { _ = $0.remove(seq) } }
    }

    func isSent(_ seq: Int64, about thing: String) {
        things.withLock { $0[thing] = .some(seq) }
        seqs.withLock { _ = $0.insert(seq) }
    }

    /// As people see it: open without a call under way, nobody knows its end.
    func shown(_ call: BillingCallRecord) -> BillingCallRecord {
        guard call.state == .open, !seqs.withLock({ $0.contains(call.seq) }) else { return call }
        return call.withUnknownEnd
    }
}
