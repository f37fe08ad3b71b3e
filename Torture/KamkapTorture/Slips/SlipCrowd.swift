import Simulators
import Synchronization

/// Customers who show slips: each is handed in until it is acknowledged, some before their sale, some after it.
final class SlipCrowd: Sendable {
    private struct State {
        var acknowledged: [NumberedSlip] = []
        var violations: [String] = []
        var next = 1
    }

    private let state = Mutex(State())
    private let api: GatewayAPI
    private let reader: StagedSlips

    init(api: GatewayAPI, reader: StagedSlips) {
        self.api = api
        self.reader = reader
    }

    var acknowledged: [NumberedSlip] { state.withLock(\.acknowledged) }
    var violations: [String] { state.withLock(\.violations) }

    /// The next slip, and its sale if it has one.
    func postOne(within limit: Duration = .seconds(120)) async {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        do {
            let slip = try NumberedSlip(number)
            await reader.simulator.script(slip.script, for: slip.digest)
            if slip.order == .afterSale { try await api.post(slip.sale, within: limit) }
            try await api.post(slip, within: limit)
            // The answer may have been lost on its way: a till that hands it in again gets the same slip.
            if number.isMultiple(of: 4) { try await api.post(slip, within: limit) }
            if slip.order == .beforeSale { try await api.post(slip.sale, within: limit) }
            state.withLock { $0.acknowledged.append(slip) }
        } catch {
            state.withLock { $0.violations.append("\(error)") }
        }
    }
}
