import JSON

/// Collects the faults of one decoding.
final class FaultCollector {
    /// More are not listed: an answer of a thousand faults helps nobody, and it must stay bounded.
    static let maximum = 500

    private var found: [SaleFault] = []
    private var count = 0

    func add(_ pointer: JSONPointer, _ detail: String) {
        count += 1
        if found.count < Self.maximum { found.append(SaleFault(pointer: pointer.text, detail: detail)) }
    }

    var isEmpty: Bool { count == 0 }

    var faults: [SaleFault] {
        guard count > found.count else { return found }
        return found + [SaleFault(pointer: "", detail: "and \(count - found.count) more faults")]
    }
}
