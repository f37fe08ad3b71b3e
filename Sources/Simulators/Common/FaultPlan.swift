/// A fault of a simulator that a plan can keep.
protocol PlannedFault: Sendable {
    /// What can meet the fault.
    associatedtype Target

    /// How many meet it still; nil until it is cleared.
    var times: Int? { get set }
    /// How far it puts the clock ahead, if that is what it does; nil if it decides an answer.
    var clockOffset: Duration? { get }

    func fits(_ target: Target) -> Bool
}

/// The active faults, in the order in which they were set.
struct FaultPlan<Fault: PlannedFault> {
    /// More than anybody sets by hand; the oldest are dropped.
    private static var most: Int { 1000 }

    private(set) var faults: [Fault] = []

    mutating func add(_ fault: Fault) {
        guard fault.times.map({ $0 > 0 }) ?? true else { return }
        if faults.count == Self.most { faults.removeFirst() }
        faults.append(fault)
    }

    mutating func clear() {
        faults = []
    }

    /// What it meets: at most one of the faults that decide its answer, and the error of the clock.
    mutating func take(_ target: Fault.Target) -> (fault: Fault?, clockOffset: Duration) {
        guard !faults.isEmpty else { return (nil, .zero) }
        var met: Fault?
        var offset = Duration.zero
        for index in faults.indices where faults[index].fits(target) {
            if let more = faults[index].clockOffset {
                offset += more
            } else if met == nil {
                met = faults[index]
            } else {
                continue
            }
            faults[index].times = faults[index].times.map { $0 - 1 }
        }
        faults.removeAll { $0.times == 0 }
        return (met, offset)
    }

    /// The clock's error for such a target, without using up a fault.
    func standingClockOffset(for target: Fault.Target) -> Duration {
        faults.reduce(.zero) { sum, fault in
            if let more = fault.clockOffset, fault.fits(target) { sum + more } else { sum }
        }
    }
}
