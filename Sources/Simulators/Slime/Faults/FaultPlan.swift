/// The faults that are active, in the order in which they were set.
struct FaultPlan {
    /// More than anybody sets by hand; the oldest give way.
    private static let most = 1000

    private(set) var faults: [SlimeSimulator.Fault] = []

    mutating func add(_ fault: SlimeSimulator.Fault) {
        guard fault.times.map({ $0 > 0 }) ?? true else { return }
        if faults.count == Self.most { faults.removeFirst() }
        faults.append(fault)
    }

    mutating func clear() {
        faults = []
    }

    /// What a call meets: at most one fault of those that decide its answer, and how wrong the clock is.
    mutating func take(
        subject: String?, transactionID: String?
    ) -> (kind: SlimeSimulator.Fault.Kind?, clockOffset: Duration) {
        guard !faults.isEmpty else { return (nil, .zero) }
        var kind: SlimeSimulator.Fault.Kind?
        var offset = Duration.zero
        for index in faults.indices where faults[index].fits(subject: subject, transactionID: transactionID) {
            if case .clockOffset(let more) = faults[index].kind {
                offset += more
            } else if kind == nil {
                kind = faults[index].kind
            } else {
                continue
            }
            faults[index].times = faults[index].times.map { $0 - 1 }
        }
        faults.removeAll { $0.times == 0 }
        return (kind, offset)
    }

    /// How wrong the clock is for those who only look at it.
    var standingClockOffset: Duration {
        faults.reduce(.zero) { sum, fault in
            if case .clockOffset(let more) = fault.kind, fault.fits(subject: nil, transactionID: nil) {
                sum + more
            } else {
                sum
            }
        }
    }
}
