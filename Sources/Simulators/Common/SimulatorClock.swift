import Foundation

/// The clock by which what takes a while comes to its end: documents become ready, locations expire, lists catch up. It
/// never goes back, and its owner turns it on.
struct SimulatorClock {
    private let startedAt = Date()
    private let start = ContinuousClock.now
    private var turned = Duration.zero

    var now: Date { startedAt.addingTimeInterval((ContinuousClock.now - start + turned) / .seconds(1)) }

    mutating func advance(by duration: Duration) {
        turned += max(.zero, duration)
    }
}
