import Foundation

/// The clock by which documents become ready and locations expire. It never goes back, and its owner turns it on.
struct DocumentClock {
    private let startedAt = Date()
    private let start = ContinuousClock.now
    private var turned = Duration.zero

    var now: Date { startedAt.addingTimeInterval((ContinuousClock.now - start + turned) / .seconds(1)) }

    mutating func advance(by duration: Duration) {
        turned += max(.zero, duration)
    }
}
