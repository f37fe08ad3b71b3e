public import Foundation
import Synchronization

/// Counted time: from a moment on, as much as has elapsed since. Time asleep counts (CLOCK_BOOTTIME, which is
/// ContinuousClock on Linux): the customer of a paper that waited through it has left too.
public final class Timeline: Sendable {
    private struct Anchor {
        var counted: Date
        var instant = ContinuousClock.now
    }

    private let anchor: Mutex<Anchor>

    /// The process's own: one process is one gateway. Until the outbox says where the previous run ended, it goes on
    /// from what the machine's clock showed.
    public static let process = Timeline(from: Date())

    public init(from counted: Date) {
        anchor = Mutex(Anchor(counted: counted))
    }

    public var now: Date {
        anchor.withLock { $0.counted + (ContinuousClock.now - $0.instant) / .seconds(1) }
    }

    /// Goes on from `counted`. Call it before anything is measured: earlier measurements would be wrong.
    public func resume(at counted: Date) {
        anchor.withLock { $0 = Anchor(counted: counted) }
    }
}
