import Foundation
import RemoteServices
import Synchronization

/// The time for signing requests: the machine's, until Slime finds it wrong and reports its own.
final class SigningClock: Sendable {
    private struct Correction {
        /// Counts the corrections, from 1.
        var number: Int
        /// Slime's time is this much ahead of counted time: a machine clock that is corrected afterwards does not make
        /// it wrong again.
        var aheadOfCounted: TimeInterval
        /// Whether no call has ended since.
        var isFresh = true
    }

    private let clock: ServiceClock
    private let correction = Mutex<Correction?>(nil)

    init(_ clock: ServiceClock) {
        self.clock = clock
    }

    /// A time to sign with, and the correction in it.
    var time: (now: Date, correction: Int) {
        guard let correction = correction.withLock(\.self) else { return (clock.shown(), 0) }
        return (clock.counted() + correction.aheadOfCounted, correction.number)
    }

    /// Seconds by which Slime's clock is ahead of the machine's; 0 while it has not complained.
    var drift: TimeInterval {
        guard let correction = correction.withLock(\.self) else { return 0 }
        return (clock.counted() + correction.aheadOfCounted).timeIntervalSince(clock.shown())
    }

    /// Slime refused a time of ours.
    ///
    /// - Parameters:
    ///   - serverDate: what Slime's clock showed; nil if it did not say.
    ///   - used: the correction of the refused time. If another call has corrected the clock since, that is enough.
    /// - Returns: whether to sign and send again at once, and by how many seconds the clock was just found wrong.
    func correct(by serverDate: Date?, signedWith used: Int) -> (again: Bool, found: TimeInterval?) {
        correction.withLock { current in
            if let current, current.number != used { return (true, nil) }
            guard let serverDate, current?.isFresh != true else { return (false, nil) }
            let ahead = serverDate.timeIntervalSince(clock.shown())
            current = Correction(
                number: used + 1, aheadOfCounted: serverDate.timeIntervalSince(clock.counted()))
            return (true, ahead)
        }
    }

    func succeeded() {
        correction.withLock { $0?.isFresh = false }
    }

    /// A corrected time did not help. A later probe may find another clock there, and corrects by that one.
    func gaveUp() {
        correction.withLock { $0?.isFresh = false }
    }
}
