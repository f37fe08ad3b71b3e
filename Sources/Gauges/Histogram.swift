import CoreMetrics
import Synchronization

/// How often a value fell into each of the fixed buckets.
final class Histogram: RecorderHandler, TimerHandler {
    struct Tally: Sendable {
        /// One for each bound, and the last for values above them all.
        var counts: [Int64]
        var sum = 0.0
    }

    let bounds: [Double]
    private let state: Mutex<Tally>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Tally(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var tally: Tally { state.withLock(\.self) }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { tally in
            tally.counts[bucket] += 1
            tally.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
