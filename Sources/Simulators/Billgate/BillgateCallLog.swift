import Foundation

/// The calls of a simulated Billgate, as long as there is room, and their totals.
struct BillgateCallLog {
    private var ring = CallRing<BillgateSimulator.Call>()
    var totals = BillgateSimulator.Totals()

    /// The calls in memory, oldest first.
    var calls: [BillgateSimulator.Call] { ring.calls }

    mutating func record(
        _ call: BillgateCall, number: String?, outcome: BillgateSimulator.Call.Outcome, at date: Date
    ) {
        totals.calls += 1
        switch outcome {
        case .success: totals.successes += 1
        case .refusal: totals.refusals += 1
        case .status, .garbage, .lost, .truncated: totals.failures += 1
        }
        ring.append(
            BillgateSimulator.Call(
                number: totals.calls, operation: call.operation, method: call.method,
                target: String(call.target.prefix(1000)),
                body: call.body.count <= BillgateSimulator.Call.longestBodyKept ? call.body : nil,
                documentNumber: number.map { String($0.prefix(200)) }, outcome: outcome, at: date))
    }
}
