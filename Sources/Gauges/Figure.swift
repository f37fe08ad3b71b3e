import CoreMetrics
import Synchronization

/// One counter or gauge.
final class Figure: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler {
    private let state = Mutex(0.0)

    var value: Double { state.withLock(\.self) }

    func increment(by amount: Int64) { state.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { state.withLock { $0 += amount } }
    func decrement(by amount: Double) { state.withLock { $0 -= amount } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0 = value } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func reset() { set(0.0) }
}
