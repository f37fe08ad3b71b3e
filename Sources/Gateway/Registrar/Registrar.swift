import FaultPoints
import Foundation
import Journey
public import Logging
public import Outbox
public import ServiceLifecycle
public import Slime

/// Brings every registration that is owed to the provider and writes down what came of it.
///
/// It begins what is due in the outbox, as much as the policy allows, and gives each sale a task of its own: one that hangs
/// delays no other. Each task waits for its place among the calls.
public actor Registrar: Service {
    /// How long nothing is begun after the outbox refused.
    private static let pause: TimeInterval = 2
    /// By how much a due time may exceed the longest delay before the clock is to blame.
    private static let slack: Duration = .seconds(300)

    private let outbox: Outbox
    private let slime: SlimeClient
    private let clock: GatewayClock
    private let logger: Logger
    let meters: GatewayMeters
    private let bell = Bell()
    private let concurrency: Int
    private let greetingInterval: Duration?

    private var policy: RegistrarPolicy
    /// The sales that are being worked on, and whether somebody waits for them.
    private var inFlight: [Int64: Urgency] = [:]
    private var lastCallAt = Date.distantPast
    private var published = AccountState.up
    private var isStopping = false
    private var isPublishing = false
    /// Nothing is begun before: the outbox could not take what was to be recorded.
    private var pausedUntil = Date.distantPast

    /// Who goes first.
    enum Urgency: Int {
        /// A till sent it, and its customer is taken to wait.
        case till
        /// It lay in the spool a moment ago.
        case spool
        /// Nobody waits for it.
        case backlog

        init(_ owed: OwedRegistration, at now: Date) {
            self = owed.liveUntil <= now ? .backlog : owed.lane == .till ? .till : .spool
        }
    }

    /// Sales in work that have a place among the calls, and those that wait for one.
    private var calling: [Int64: Urgency] = [:]
    private var waiting: [(seq: Int64, urgency: Urgency, continuation: CheckedContinuation<Bool, Never>)] = []

    /// - Parameters:
    ///   - concurrency: calls in flight at most.
    ///   - greetingInterval: after so long without a call the provider is asked how it is; nil for never.
    public init(
        outbox: Outbox, slime: SlimeClient, concurrency: Int, greetingInterval: Duration? = nil,
        clock: GatewayClock = .system, meters: GatewayMeters = GatewayMeters(), logger: Logger
    ) {
        self.greetingInterval = greetingInterval
        self.outbox = outbox
        self.slime = slime
        self.concurrency = concurrency
        self.clock = clock
        self.meters = meters
        self.logger = logger
        policy = RegistrarPolicy(concurrency: concurrency)
    }

    public func run() async throws {
        // From before the first look on: a sale that comes in between is not to wait for the next one.
        let ticks = outbox.changes.ticks()
        try await resumeAccount()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [bell] in await bell.ring(at: ticks) }
            group.addTask { await self.stopWhenAsked() }
            if let greetingInterval { group.addTask { await self.keepInTouch(every: greetingInterval) } }
            await work()
            group.cancelAll()
        }
    }

    private func stopWhenAsked() async {
        guard (try? await gracefulShutdown()) != nil else { return }
        isStopping = true
        bell.ring()
        callNext()
    }

    /// A hold outlives a restart; "down" is found out anew.
    private func resumeAccount() async throws {
        let account = try await outbox.account()
        if account.condition == .held, let failure = account.failure {
            policy = RegistrarPolicy(concurrency: concurrency, held: (failure, account.since ?? clock.now))
            published = account
        } else if account.condition != .up {
            try await outbox.setAccount(.up)
        }
    }

    /// Calls that are under way when the gateway stops are waited for: each has its own time-out.
    private func work() async {
        await withDiscardingTaskGroup { attempts in
            while !isStopping, !Task.isCancelled {
                do {
                    let wake = try await begin(in: &attempts)
                    await bell.wait(until: wake, clock: clock)
                } catch {
                    // The outbox has failed or is overrun; its keeper ends the process if it is for good.
                    logger.error("registrations cannot be read", metadata: [LogKey.error: "\(error)"])
                    await bell.wait(until: clock.now.addingTimeInterval(1), clock: clock)
                }
            }
        }
    }

    /// Begins what may begin now, and says when to look again at the latest.
    private func begin(in attempts: inout DiscardingTaskGroup) async throws(OutboxError) -> Date? {
        let now = clock.now
        if now < pausedUntil, pausedUntil <= now + Self.pause { return pausedUntil }
        try await liftHoldIfAsked()
        let backlog = inFlight.values.count { $0 == .backlog }
        let allowance = policy.workAllowance(
            inWork: inFlight.count, spool: inFlight.values.count { $0 != .till }, backlog: backlog, at: now)
        if allowance.all > 0, isHeldByCredentials {
            guard try await outbox.pendingCount(atMost: 1) > 0 else { return nil }
            inFlight[Self.greeting] = .backlog
            attempts.addTask { await self.probeCredentials() }
            return nil
        }
        let begun = try await outbox.beginRegistrations(
            at: now, limit: allowance.all, spoolLimit: allowance.spool, backlogLimit: allowance.backlog,
            excluding: Set(inFlight.keys), oldestFirst: policy.condition.isHeld)
        if !begun.isEmpty { FaultPoint.attemptRecorded.pass() }
        for registration in begun {
            inFlight[registration.seq] = Urgency(registration, at: now)
            lastCallAt = now
            attempts.addTask { await self.attempt(registration) }
        }
        // Every attempt that ends rings the bell; only a probe has to be waited for by the clock.
        if allowance.all == 0 { return inFlight.isEmpty ? policy.nextWake : nil }
        if begun.count == allowance.all { return nil }
        // The backlog has enough in work, so that it need not be looked through.
        if backlog > 0, allowance.backlog == 0 { return try await outbox.nextRegistrationDue(after: now) }
        let latest = now + (RegistrarPolicy.longestDelay + Self.slack).inSeconds
        let moved = try await outbox.makeDue(putOffBeyond: latest, at: now)
        if moved > 0 {
            logger.warning(
                "the clock was put back; what was put off by the old one is due", metadata: [LogKey.count: "\(moved)"])
            return now
        }
        return try await outbox.nextRegistrationDue(after: now)
    }

    /// A person's retry of a held sale lifts the hold in the outbox; the policy follows.
    private func liftHoldIfAsked() async throws(OutboxError) {
        // Only a hold that is on disk can have been lifted there.
        guard policy.condition.isHeld, published.condition == .held, !isPublishing,
            try await outbox.account().condition != .held, published.condition == .held
        else { return }
        policy.released()
        published = .up
        logger.notice("hold lifted by hand")
    }

    private func attempt(_ owed: OwedRegistration) async {
        let begun = ContinuousClock.now
        do {
            let attempt = RegistrationAttempt(owed: owed, registrar: self, outbox: outbox, calls: calls)
            if let machine = try await attempt.run() {
                FaultPoint.registrationWritten.pass()
                logger.log(
                    level: machine.state == .rejected ? .error : .info, "registration attempted",
                    metadata: Self.metadata(of: owed, machine, since: begun))
            }
        } catch {
            let concernsAll = error.code != .conflict
            if clock.now >= pausedUntil {
                logger.error(
                    "registrations cannot be recorded",
                    metadata: [LogKey.sale: "\(owed.id)", LogKey.error: "\(error.message)"])
            }
            if concernsAll { pausedUntil = clock.now.addingTimeInterval(Self.pause) }
        }
        inFlight[owed.seq] = nil
        lastCallAt = clock.now
        bell.ring()
    }

    private static func metadata(
        of owed: OwedRegistration, _ machine: RegistrationMachine, since begun: ContinuousClock.Instant
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.sale: "\(owed.id)", LogKey.registrationState: "\(machine.state.rawValue)",
            LogKey.attempts: "\(machine.attempts)",
            LogKey.duration: "\((ContinuousClock.now - begun).milliseconds)",
        ]
        if machine.state != .ready, let error = machine.lastError {
            // Not the message: it may quote what the provider was sent.
            metadata[LogKey.errorCode] = "\(error.code)"
        }
        return metadata
    }

    private var calls: SlimeCalls { SlimeCalls(slime: slime, registrar: self) }
}

// Places among the calls.
extension Registrar {
    /// Waits for a place, those whose customer waits first. True: ``leaveCalls(_:)`` is to follow. False where no call is to be
    /// made any more: the provider was found to be down or to refuse the account meanwhile, or the gateway stops.
    func enterCalls(_ owed: OwedRegistration) async -> Bool {
        if isStopping { return false }
        // A probe goes alone, and when it is due.
        guard policy.condition.isUp else {
            guard inFlight.count == 1, policy.isProbeDue(at: clock.now), !isHeldByCredentials else { return false }
            calling[owed.seq] = inFlight[owed.seq]
            return true
        }
        let urgency = inFlight[owed.seq] ?? .backlog
        return await withCheckedContinuation { continuation in
            waiting.append((owed.seq, urgency, continuation))
            callNext()
        }
    }

    func leaveCalls(_ seq: Int64) {
        calling[seq] = nil
        callNext()
    }

    /// Lets in who may call now, or sends all away.
    private func callNext() {
        if isStopping || !policy.condition.isUp {
            let refused = waiting
            waiting = []
            for (_, _, continuation) in refused { continuation.resume(returning: false) }
            return
        }
        let now = clock.now
        while policy.allowance(inFlight: calling.count, at: now) > 0, let index = nextCaller(at: now) {
            let (seq, urgency, continuation) = waiting.remove(at: index)
            calling[seq] = urgency
            continuation.resume(returning: true)
        }
    }

    /// Of those that wait the most urgent, and of these the first; but the last places are kept for what tills send.
    private func nextCaller(at now: Date) -> Int? {
        guard let first = waiting.indices.min(by: { waiting[$0].urgency.rawValue < waiting[$1].urgency.rawValue })
        else {
            return nil
        }
        if waiting[first].urgency == .till { return first }
        return policy.backlogAllowance(inFlight: calling.values.count { $0 != .till }, at: now) > 0 ? first : nil
    }

    /// Waits a little for a disk that is full; false once the gateway stops.
    func waitForDisk() async -> Bool {
        guard !isStopping, !Task.isCancelled else { return false }
        try? await clock.sleep(until: clock.now.addingTimeInterval(Self.pause))
        return true
    }
}

// Between sales.
extension Registrar {
    /// Stands among the sales in work; no sale has this number.
    private static let greeting: Int64 = 0

    /// An account whose credentials are refused is probed without any sale.
    private func probeCredentials() async {
        do {
            if let refusal = await calls.hello() {
                if refusal.isException {
                    try await hold(Failure(refusal, at: clock.now))
                } else {
                    try await noteServiceWideFailure(refusal, of: nil)
                }
            } else {
                try await noteSuccess(of: .hello)
            }
        } catch {
            logger.error("the provider's state was not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
        inFlight[Self.greeting] = nil
        lastCallAt = clock.now
        bell.ring()
    }

    /// Soon enough after a failure that an outage is known before the next customer meets it.
    private static let greetingAfterFailure: Duration = .seconds(2)

    /// Keeps a connection warm, so that the first sale after a quiet hour is no slower than others, and finds out before a
    /// customer does when the provider is down, refuses the account, or is back.
    private func keepInTouch(every interval: Duration) async {
        while !isStopping, !Task.isCancelled {
            let pause = policy.isDoubtful ? Self.greetingAfterFailure : interval
            let now = clock.now
            let due = min(lastCallAt, now).addingTimeInterval(pause.inSeconds)
            if now < due {
                // A failure meanwhile makes it due sooner.
                try? await clock.sleep(until: min(due, now + Self.greetingAfterFailure.inSeconds))
            } else {
                lastCallAt = now
                if inFlight.isEmpty {
                    // It is a call like others, and a probe like others.
                    (inFlight[Self.greeting], calling[Self.greeting]) = (.backlog, .backlog)
                    await greet()
                    inFlight[Self.greeting] = nil
                    leaveCalls(Self.greeting)
                    bell.ring()
                }
            }
        }
    }

    /// Where sales are owed to a provider that is down or refuses, they are the probes.
    private func greet() async {
        do {
            if !policy.condition.isUp {
                guard try await outbox.pendingCount(atMost: 1) == 0, policy.isProbeDue(at: clock.now),
                    !policy.condition.isHeld || isHeldByCredentials
                else { return }
            }
            guard let refusal = await calls.hello() else { return try await noteSuccess(of: .hello) }
            switch SlimeVerdict(refusal, step: .show, namesItsTheme: false) {
            case .tryAgain(serviceWide: true): try await noteServiceWideFailure(refusal, of: nil)
            case .holdAccount, .correctClock, .askHello: try await hold(Failure(refusal, at: clock.now))
            case .tryAgain, .tryAgainSeldom, .alreadyInitiated, .rejectSale: try await noteAnswer()
            }
        } catch {
            logger.error("the provider's state was not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
    }
}

// What an attempt tells the policy, and asks of it.
extension Registrar {
    /// The time that the provider's clock is taken to show.
    var signing: (time: Date, correction: TimeInterval) {
        (clock.now.addingTimeInterval(policy.clockCorrection), policy.clockCorrection)
    }
    var now: Date { clock.now }

    func noteSuccess(of call: GatewayMeters.SlimeCall) async throws(OutboxError) {
        // Only a stub shows that a balance, a certificate or a theme is well again; any call does for the credentials.
        if policy.condition.isHeld, !isHeldByCredentials, call != .stub {
            policy.answered(at: clock.now)
        } else {
            policy.succeeded()
        }
        try await publishCondition()
    }

    func noteAnswer() async throws(OutboxError) {
        policy.answered(at: clock.now)
        try await publishCondition()
    }

    /// - Parameter seq: the sale that failed; nil where no sale was part of the call.
    func noteServiceWideFailure(_ error: SlimeError, of seq: Int64?) async throws(OutboxError) {
        policy.failedServiceWide(
            of: seq ?? 0, isConclusive: seq == nil || error.kind == .unreachable, at: clock.now,
            jitter: .random(in: 0..<1), retryAfter: error.retryAfter)
        try await publishCondition()
    }

    func hold(_ failure: Failure) async throws(OutboxError) {
        policy.heldAccount(failure, at: clock.now)
        logger.critical(
            "the account is held: no sale is registered until this is mended",
            metadata: [LogKey.errorCode: "\(failure.code)"])
        try await publishCondition()
    }

    /// Whether to sign and send again at once.
    ///
    /// - Parameter correction: what the refused call was signed with. Where another call has corrected the clock since,
    ///   that is enough.
    func correctClock(by serverDate: Date?, signedWith correction: TimeInterval) -> Bool {
        if policy.clockCorrection != correction { return true }
        let ahead = serverDate.map { $0.timeIntervalSince(clock.now) }
        guard policy.drifted(ahead: ahead), let ahead else { return false }
        meters.clockDrifts(by: ahead)
        logger.warning(
            "the clock drifts from the provider's; corrected", metadata: [LogKey.drift: "\(Int(ahead.rounded()))"])
        return true
    }

    /// What the account is held for that `test/hello` can probe; nil where only a stub can.
    var isHeldByCredentials: Bool {
        if case .held(let failure, _) = policy.condition { return failure.code.hasPrefix("JWT::") }
        return false
    }

    /// Writes the condition down, one write after the other, so that the latest is the one that stays.
    private func publishCondition() async throws(OutboxError) {
        callNext()
        if isPublishing { return }
        isPublishing = true
        defer { isPublishing = false }
        while let account = news {
            try await outbox.setAccount(account)
            if account.condition != published.condition { logger.notice("provider is \(account.condition.rawValue)") }
            published = account
        }
    }

    /// The account as it is now, where that is not what is written down.
    private var news: AccountState? {
        let account: AccountState =
            switch policy.condition {
            case .up: .up
            case .down(let since): AccountState(condition: .down, since: since)
            case .held(let failure, let since): AccountState(condition: .held, failure: failure, since: since)
            }
        return account == published ? nil : account
    }
}
