public import Foundation

/// What is known of the provider as a whole, and what follows for the next calls. Pure: outcomes and times go in.
///
/// ```
///            3 service-wide failures in a row            account-wide refusal
///   ┌──── up ────────────────────────► down        up, down ───────────────► held
///   │      ▲                            │                                      │
///   └──────┴──── any answer ────────────┴──── a stub's success, a person ──────┘
/// ```
public struct RegistrarPolicy: Sendable, Equatable {
    public enum Condition: Sendable, Equatable {
        case up
        /// No call gets through; one probe at a time.
        case down(since: Date)
        /// The account refuses every call; one probe a minute.
        case held(Failure, since: Date)

        public var isUp: Bool { self == .up }

        public var isHeld: Bool {
            if case .held = self { true } else { false }
        }
    }

    /// Service-wide failures in a row after which the provider counts as down.
    static let failuresUntilDown = 3
    public static let holdProbeInterval: Duration = .seconds(60)
    /// Nothing is put off for longer than this: not by backing off, nor because the provider asked for it.
    public static let longestDelay: Duration = .seconds(3_600)

    public private(set) var condition: Condition
    /// When the next probe is due while down or held.
    public private(set) var nextProbeAt: Date
    /// Seconds by which the provider's clock is ahead of ours, as far as it told.
    public private(set) var clockCorrection: TimeInterval = 0

    private let limit: Int
    private var failures = 0
    private var failedSales: Set<Int64> = []
    private var hasCorrectedClock = false
    /// Calls allowed at once: after an outage it doubles with every success instead of jumping.
    private var width: Int

    /// - Parameters:
    ///   - concurrency: calls in flight at most.
    ///   - held: the hold that was in force when the gateway stopped.
    public init(concurrency: Int, held: (failure: Failure, since: Date)? = nil) {
        limit = max(concurrency, 1)
        width = limit
        nextProbeAt = .distantPast
        condition = held.map { .held($0.failure, since: $0.since) } ?? .up
    }

    /// How many more calls may begin now.
    public func allowance(inFlight: Int, at now: Date) -> Int {
        switch condition {
        case .up: max(0, width - inFlight)
        case .down, .held: inFlight == 0 && isProbeDue(at: now) ? 1 : 0
        }
    }

    /// A probe that would be due later than any is was put off by a clock that has been put back since.
    public func isProbeDue(at now: Date) -> Bool {
        now >= nextProbeAt || nextProbeAt > now + (Self.longestDelay + .seconds(300)).inSeconds
    }

    /// How many more calls for sales that nobody waits for may begin now: some places stay free, so that a customer's sale
    /// never waits for the backlog's calls to end.
    public func backlogAllowance(inFlight: Int, at now: Date) -> Int {
        switch condition {
        case .up: max(0, min(width, limit - reserve) - inFlight)
        case .down, .held: allowance(inFlight: inFlight, at: now)
        }
    }

    /// How many more sales may be taken into work now: in all, of those that no till sent, and of those that nobody waits for.
    public struct WorkAllowance: Sendable, Equatable {
        public let all: Int
        public let spool: Int
        public let backlog: Int
    }

    /// While calls get through, more sales are in work than may be called for, so that a place among the calls is never empty
    /// while the disk writes down what came of another. The backlog leaves room for what lay in the spool a moment ago, and
    /// both for what a till sends.
    ///
    /// - Parameters:
    ///   - inWork: all of them.
    ///   - spool: those that no till sent, the backlog among them.
    ///   - backlog: those that nobody waits for.
    public func workAllowance(inWork: Int, spool: Int, backlog: Int, at now: Date) -> WorkAllowance {
        guard condition.isUp else {
            let probe = allowance(inFlight: inWork, at: now)
            return WorkAllowance(all: probe, spool: probe, backlog: probe)
        }
        let most = min(width, limit - reserve) * Self.salesPerCall
        return WorkAllowance(
            all: max(0, (width + 2) * Self.salesPerCall - inWork),
            spool: max(0, (width + 1) * Self.salesPerCall - spool),
            // In batches: one commit begins them all.
            backlog: backlog <= most / 2 ? most - backlog : 0)
    }

    private static let salesPerCall = 4

    private var reserve: Int { limit > 1 ? max(1, limit / 8) : 0 }

    /// A call was answered with success.
    public mutating func succeeded() {
        if case .up = condition { width = min(limit, width * 2) } else { width = 1 }
        condition = .up
        forgetFailures()
        hasCorrectedClock = false
    }

    /// The provider answered, though not with success: it is there. It says nothing of what an account is held for.
    public mutating func answered(at now: Date) {
        forgetFailures()
        switch condition {
        case .up: break
        case .down:
            condition = .up
            width = 1
        case .held: nextProbeAt = now + Self.holdProbeInterval.inSeconds
        }
    }

    /// No call seems to get through: no network, a time-out, a 5xx.
    ///
    /// - Parameters:
    ///   - sale: which one failed. One sale alone is no evidence: the provider may choke on just that one.
    ///   - isConclusive: whether it says something of the provider whatever the sale: no connection at all.
    public mutating func failedServiceWide(
        of sale: Int64, isConclusive: Bool, at now: Date, jitter: Double, retryAfter: Duration? = nil
    ) {
        failures += 1
        // Two are enough to know that it is not the sale; the set stays small.
        if failedSales.count < 2 { failedSales.insert(sale) }
        switch condition {
        case .up where failures >= Self.failuresUntilDown && (isConclusive || failedSales.count > 1):
            condition = .down(since: now)
        case .up: return
        case .down: break
        case .held:
            nextProbeAt = now + Self.holdProbeInterval.inSeconds
            return
        }
        let round = failures - Self.failuresUntilDown + 1
        nextProbeAt = now + Backoff.probe.delay(failures: round, jitter: jitter, minimum: retryAfter).inSeconds
    }

    /// The account as a whole is refused.
    public mutating func heldAccount(_ failure: Failure, at now: Date) {
        if case .held(_, let since) = condition {
            condition = .held(failure, since: since)
        } else {
            condition = .held(failure, since: now)
        }
        forgetFailures()
        // A later probe may find another clock there.
        hasCorrectedClock = false
        nextProbeAt = now + Self.holdProbeInterval.inSeconds
    }

    /// The provider found our clock wrong.
    ///
    /// - Parameter ahead: seconds by which its `Date` is ahead of our uncorrected clock; nil where it sent none.
    /// - Returns: Whether to sign and send again at once. Otherwise the account is to be held: we corrected already.
    public mutating func drifted(ahead: TimeInterval?) -> Bool {
        guard let ahead, !hasCorrectedClock else { return false }
        clockCorrection = ahead
        hasCorrectedClock = true
        return true
    }

    /// A person says that what held the account is mended: the next call is due at once.
    public mutating func released() {
        guard case .held = condition else { return }
        condition = .up
        width = 1
    }

    private mutating func forgetFailures() {
        failures = 0
        failedSales = []
    }

    /// Whether the last calls failed, though not yet often enough to count as down.
    public var isDoubtful: Bool { condition.isUp && failures > 0 }

    /// When something can begin that cannot now; nil where only a finished call or a new sale changes that.
    public var nextWake: Date? {
        condition.isUp ? nil : nextProbeAt
    }
}

extension Duration {
    /// As Foundation's dates count.
    public var inSeconds: TimeInterval {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
