public import Foundation

/// What is known about the service as a whole, and what follows for the next calls. Pure: outcomes and times go in.
///
/// ```
///            3 failures in a row that are no job's own        account-wide refusal
///   ┌──── up ────────────────────────► down        up, down ───────────────► held
///   │      ▲                            │                                      │
///   └──────┴──── any answer ────────────┴──── a stub's success, a person ──────┘
/// ```
public struct ServicePolicy: Sendable, Equatable {
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

    /// What a call was for.
    public enum Call: Sendable, Equatable {
        case job(Int64)
        case healthCheck
    }

    /// What a failure may count against.
    public enum Scope: Sendable, Equatable {
        /// The service, whatever the job: no connection, a redirect, too many calls.
        case service
        /// The service or this job: a 5xx, no answer, an answer that is not in the service's words.
        case either
    }

    /// Whose failure it was.
    public enum Attribution: Sendable, Equatable {
        case service
        /// Others get through. `waitsApart`: it has failed alone often enough to be kept apart from them.
        case job(waitsApart: Bool)
    }

    public static let holdProbeInterval: Duration = .seconds(60)
    /// Nothing is put off for longer than this, by backoff or because the service asked for it.
    public static let longestDelay: Duration = .seconds(3_600)

    /// What cannot be asked now is not asked again at once.
    private static let pauseOfUnmade: Duration = .seconds(1)

    public private(set) var condition: Condition
    /// When the next probe is due while down or held.
    public private(set) var nextProbeAt: Date

    let limit: Int
    var evidence = OutageEvidence()
    private var refusals = RefusalRun()
    /// Calls allowed at once: after an outage it doubles with every success instead of jumping.
    private(set) var width: Int

    /// - Parameters:
    ///   - concurrency: most calls in flight.
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

    /// A probe due later than any may be was put off by a clock that has been put back since.
    public func isProbeDue(at now: Date) -> Bool {
        now >= nextProbeAt || nextProbeAt > now + (Self.longestDelay + .seconds(300)).inSeconds
    }

    /// A call was answered with success.
    ///
    /// - Parameter hasActed: whether the service has acted on a job. An answer to a question does not show that the account
    ///   may make anything.
    public mutating func succeeded(_ call: Call, hasActed: Bool = true) {
        passed(call)
        if hasActed, call.job != nil { refusals.end() }
        if case .up = condition { width = min(limit, width * 2) } else { width = 1 }
        condition = .up
    }

    /// The service answered, though not with success: it is there. That says nothing about the reason of a hold.
    public mutating func answered(_ call: Call, at now: Date) {
        passed(call)
        switch condition {
        case .up: break
        case .down:
            condition = .up
            width = 1
        case .held: nextProbeAt = now + Self.holdProbeInterval.inSeconds
        }
    }

    private mutating func passed(_ call: Call) {
        switch (call, condition) {
        case (.job(let job), _): evidence.passed(job)
        case (.healthCheck, .down): evidence.endedByHealthCheck()
        case (.healthCheck, _): evidence.healthChecked()
        }
    }

    /// What a call's failure is judged by: which others had got through before it began.
    public var mark: Int { evidence.passages }

    /// A call that did not get through: no network, a time-out, a 5xx.
    public struct FailedCall: Sendable, Equatable {
        public let call: Call
        public let scope: Scope
        /// ``ServicePolicy/mark`` when the call began.
        public let mark: Int
        /// Whether its job waits apart already.
        public let waitsApart: Bool
        /// How long the service asked us to wait.
        public let retryAfter: Duration?

        public init(
            _ call: Call, _ scope: Scope, since mark: Int, waitsApart: Bool = false, retryAfter: Duration? = nil
        ) {
            self.call = call
            self.scope = scope
            self.mark = mark
            self.waitsApart = waitsApart
            self.retryAfter = retryAfter
        }
    }

    public mutating func failed(_ failed: FailedCall, at now: Date, jitter: Double) -> Attribution {
        let suspect = failed.scope == .either ? failed.call.job : nil
        switch condition {
        case .up:
            if let suspect {
                if failed.waitsApart { return .job(waitsApart: true) }
                if let alone = evidence.failed(suspect, since: failed.mark) {
                    return .job(waitsApart: alone >= OutageEvidence.failuresUntilApart)
                }
            } else {
                evidence.failedConclusively()
            }
            guard evidence.speaksAgainstService else { return .service }
            evidence.convicted()
            condition = .down(since: now)
        case .down:
            // A call that was under way already is no probe.
            guard isProbeDue(at: now) else {
                nextProbeAt = max(nextProbeAt, now + min(failed.retryAfter ?? .zero, Self.longestDelay).inSeconds)
                return .service
            }
            evidence.probeFailed(suspect)
        case .held:
            evidence.probeFailed(suspect)
            nextProbeAt = now + Self.holdProbeInterval.inSeconds
            return .service
        }
        let round = evidence.failures - OutageEvidence.failuresUntilDown + 1
        nextProbeAt = now + Backoff.probe.delay(failures: round, jitter: jitter, minimum: failed.retryAfter).inSeconds
        return .service
    }

    /// Jobs that are no probe: they failed recently, and it may have been their own fault.
    public var failedJobs: Set<Int64> { evidence.failedJobs }

    /// Whether an answered health check would show that jobs get through.
    public var isHealthCheckTrusted: Bool { evidence.isHealthCheckTrusted }

    /// Whether the last calls failed, though not yet often enough to count as down, and no health check was answered since.
    public var isDoubtful: Bool { condition.isUp && evidence.isDoubtful }

    /// A call was not made after all, for a reason of ours: that says nothing of the service. The next probe waits.
    public mutating func unmade(at now: Date, retryAfter: Duration?) {
        guard !condition.isUp else { return }
        let pause = min(max(retryAfter ?? .zero, Self.pauseOfUnmade), Self.longestDelay)
        nextProbeAt = max(nextProbeAt, now + pause.inSeconds)
    }

    /// The service refused a job in words that no page explains.
    ///
    /// - Returns: whether it is the account that is refused, rather than this job.
    public mutating func refused(_ job: Int64, with code: String) -> Bool {
        // In either order: the job counts also while the account is held.
        refusals.refused(job, with: code) || condition.isHeld
    }

    /// The account as a whole is refused.
    public mutating func heldAccount(_ failure: Failure, at now: Date) {
        if case .held(_, let since) = condition {
            condition = .held(failure, since: since)
        } else {
            condition = .held(failure, since: now)
        }
        evidence.refused()
        nextProbeAt = now + Self.holdProbeInterval.inSeconds
    }

    /// A person says that the reason of the hold is corrected: the next call is due at once.
    public mutating func released() {
        guard case .held = condition else { return }
        condition = .up
        refusals.end()
        width = 1
    }

    /// When something can begin that cannot now; nil if only a finished call or a new job changes that.
    public var nextWake: Date? {
        condition.isUp ? nil : nextProbeAt
    }
}

extension ServicePolicy.Call {
    var job: Int64? {
        if case .job(let job) = self { job } else { nil }
    }
}

extension Duration {
    /// As Foundation's dates count.
    public var inSeconds: TimeInterval {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
