import Foundation

/// The calls of a simulated Billgate, as long as there is room, and their totals.
struct BillgateCallLog {
    /// How many calls are kept.
    static let callsKept = 10_000

    private var ring: [BillgateSimulator.Call] = []
    var totals = BillgateSimulator.Totals()

    /// The calls in memory, oldest first.
    var calls: [BillgateSimulator.Call] {
        let oldest = totals.calls % max(ring.count, 1)
        return Array(ring[oldest...] + ring[..<oldest])
    }

    mutating func record(
        _ call: BillgateCall, number: String?, outcome: BillgateSimulator.Call.Outcome, at date: Date
    ) {
        totals.calls += 1
        switch outcome {
        case .success: totals.successes += 1
        case .refusal: totals.refusals += 1
        case .status, .garbage, .lost, .truncated: totals.failures += 1
        }
        let record = BillgateSimulator.Call(
            number: totals.calls, operation: call.operation, method: call.method,
            target: String(call.target.prefix(1000)),
            body: call.body.count <= BillgateSimulator.Call.longestBodyKept ? call.body : nil,
            documentNumber: number.map { String($0.prefix(200)) }, outcome: outcome, at: date)
        if ring.count < Self.callsKept {
            ring.append(record)
        } else {
            ring[(totals.calls - 1) % Self.callsKept] = record
        }
    }
}
