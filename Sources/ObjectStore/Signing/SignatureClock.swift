import Foundation
import Synchronization

/// The time for signatures: the machine's, until the store finds it wrong and shows its own.
final class SignatureClock: Sendable {
    /// A time, and the correction in it.
    struct Reading: Sendable {
        let date: Date
        let correction: Int
    }

    private struct Correction {
        /// Counts the corrections, from 1.
        let number: Int
        /// The store's time is this much ahead of counted time: setting the machine's clock afterwards does not make it
        /// wrong again.
        let aheadOfCounted: TimeInterval
    }

    private let clock: StoreClock
    private let correction = Mutex<Correction?>(nil)

    init(_ clock: StoreClock) {
        self.clock = clock
    }

    var now: Reading {
        guard let correction = correction.withLock(\.self) else { return Reading(date: clock.shown(), correction: 0) }
        return Reading(date: clock.counted() + correction.aheadOfCounted, correction: correction.number)
    }

    /// The store refused a time of ours.
    ///
    /// - Parameters:
    ///   - serverDate: what the store's clock showed; nil if it did not say.
    ///   - refused: what was signed with. If another call has corrected the clock since, that is enough.
    /// - Returns: whether to sign and send again.
    func correct(by serverDate: Date?, refused: Reading) -> Bool {
        correction.withLock { current in
            guard (current?.number ?? 0) == refused.correction else { return true }
            // A store that refuses the time that it shows itself is not helped by it.
            guard let serverDate, abs(serverDate.timeIntervalSince(refused.date)) >= Self.leastError else {
                return false
            }
            current = Correction(
                number: refused.correction + 1, aheadOfCounted: serverDate.timeIntervalSince(clock.counted()))
            return true
        }
    }

    /// The store kept an object, and so took the time of the call: it may differ all the same, and a link would end early by that.
    ///
    /// - Parameters:
    ///   - serverDate: what the store's clock showed at the end of the call; nil if it did not say.
    ///   - reading: what was signed with.
    ///   - elapsed: how long the call took, by a clock that does not step.
    func confirm(by serverDate: Date?, _ reading: Reading, after elapsed: Duration) {
        guard let serverDate else { return }
        let expected = reading.date.addingTimeInterval(elapsed / .seconds(1))
        guard abs(serverDate.timeIntervalSince(expected)) >= Self.leastError else { return }
        correction.withLock { current in
            guard (current?.number ?? 0) == reading.correction else { return }
            current = Correction(
                number: reading.correction + 1, aheadOfCounted: serverDate.timeIntervalSince(clock.counted()))
        }
    }

    /// Stores allow 15 minutes; a call that takes long takes some of that.
    private static let leastError: TimeInterval = 60
}
