/// The active faults, in the order in which they were set.
struct FaultPlan {
    /// What meets a fault: a call of the API, or a request for a file.
    struct Target {
        var listener: SlimeServer.Listener
        /// The call's, or the one that gave the file's location.
        var subject: String?
        var transactionID: String?
        var documentID: String?
    }

    /// More than anybody sets by hand; the oldest are dropped.
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

    /// What it meets: at most one of the faults that decide its answer, and the error of the clock.
    mutating func take(_ target: Target) -> (kind: SlimeSimulator.Fault.Kind?, clockOffset: Duration) {
        guard !faults.isEmpty else { return (nil, .zero) }
        var kind: SlimeSimulator.Fault.Kind?
        var offset = Duration.zero
        for index in faults.indices where faults[index].fits(target) {
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

    /// The clock's error, without using up a fault.
    var standingClockOffset: Duration {
        faults.reduce(.zero) { sum, fault in
            if case .clockOffset(let more) = fault.kind, fault.fits(Target(listener: .api)) {
                sum + more
            } else {
                sum
            }
        }
    }
}
