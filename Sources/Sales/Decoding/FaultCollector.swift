import JSON

/// Collects the faults of one decoding.
final class FaultCollector {
    /// Further faults are not listed: a thousand of them help nobody, and the answer must stay bounded.
    static let maximum = 500

    private var found: [SaleFault] = []
    private var count = 0

    func add(_ pointer: JSONPointer, _ detail: String) { add(SaleFault(pointer: pointer.text, detail: detail)) }

    func add(_ fault: SaleFault) {
        count += 1
        if found.count < Self.maximum { found.append(fault) }
    }

    var isEmpty: Bool { count == 0 }

    var faults: [SaleFault] {
        guard count > found.count else { return found }
        return found + [SaleFault(pointer: "", detail: "and \(count - found.count) more faults")]
    }
}
