public import Foundation
public import Journey
public import Runtime
import Synchronization

/// Whether the machine's clock can be trusted: to take sales, to delete old ones, and to alert staff.
public final class ClockMonitor: Sendable {
    private struct State {
        var newestSale: Date?
        var isVouchedFor = false
        /// Since when the clock has gone as counted time does, and how far ahead of it it was then.
        var steadySince: Date
        var ahead: TimeInterval
    }

    /// A step that is worth reporting. NTP's slewing, 0.5 ms a second at most, takes more than a day for as much.
    private static let step: TimeInterval = 60

    private let clock: GatewayClock
    private let released: Date
    private let isSynchronised: @Sendable () -> Bool
    private let providerTime: @Sendable () -> ClockEvidence.ProviderTime?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - newestSale: when the newest sale was received, as the machine's clock showed it.
    ///   - released: the day of this version's release.
    ///   - isSynchronised: whether NTP keeps the clock.
    ///   - providerTime: the provider's clock, as far as it reported.
    public init(
        clock: GatewayClock = .system, newestSale: Date? = nil, released: Date = .distantPast,
        isSynchronised: @escaping @Sendable () -> Bool = { false },
        providerTime: @escaping @Sendable () -> ClockEvidence.ProviderTime? = { nil }
    ) {
        self.clock = clock
        self.released = released
        self.isSynchronised = isSynchronised
        self.providerTime = providerTime
        state = Mutex(State(newestSale: newestSale, steadySince: clock.now, ahead: clock.shownAhead))
    }

    public var evidence: ClockEvidence {
        let now = clock.now
        let (sale, isVouchedFor, steadySince) = state.withLock { ($0.newestSale, $0.isVouchedFor, $0.steadySince) }
        var evidence = ClockEvidence(
            shown: clock.shown, steadyFor: .seconds(max(0, now.timeIntervalSince(steadySince))),
            isSynchronised: isSynchronised(), provider: providerTime(), newestSale: sale, released: released)
        evidence.isVouchedFor = isVouchedFor
        return evidence
    }

    /// Whether anything may be deleted now. It reads the clock for this very question.
    public var deletion: DeletionTrust {
        look()
        return evidence.deletion
    }

    /// Seconds by which the clock was set since the last look; nil if it was not.
    @discardableResult
    public func look() -> TimeInterval? {
        state.withLock { state in
            let ahead = clock.shownAhead
            let moved = ahead - state.ahead
            guard abs(moved) >= Self.step else { return nil }
            (state.ahead, state.steadySince) = (ahead, clock.now)
            return moved
        }
    }

    /// A sale was taken: from now on the clock is compared with this one.
    public func observe(saleReceivedAt received: Date) {
        state.withLock { ($0.newestSale, $0.isVouchedFor) = (received, false) }
    }

    /// Staff say that the clock is right. It counts until a sale is taken.
    public func vouch() {
        state.withLock { $0.isVouchedFor = true }
    }
}
