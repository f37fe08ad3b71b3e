import FaultPoints
import Foundation
import Journey
import Logging
public import Outbox
public import Runtime
import Sales
public import ServiceLifecycle
public import Slime

/// Brings every registration that is owed to the provider and writes down what came of it.
///
/// It begins what is due in the outbox, as much as the policy allows, and gives each sale a task of its own: one that hangs
/// delays no other. Each task waits for its place among the calls.
public actor JobWorker: Service {
    /// How long nothing is begun after the outbox refused.
    static let pause: TimeInterval = 2
    /// Seconds after which what is due is looked for again while the backlog has enough in work.
    private static let glance: TimeInterval = 0.5
    /// By how much a due time may exceed the longest delay before the clock is to blame.
    private static let slack: Duration = .seconds(300)

    let service = ServiceName.slime
    let outbox: Outbox
    private let slime: SlimeClient
    let clock: GatewayClock
    let logger: Logger
    let observer: JobObserver
    let wakeSignal = WakeSignal()
    private let concurrency: Int
    private let healthCheckInterval: Duration?
    private let heartbeat: Heartbeat?

    var policy: ServicePolicy
    /// The sales that are being worked on, and whether somebody waits for them.
    var inFlight: [Int64: Priority] = [:]
    var lastCallAt = Date.distantPast
    var published = AccountState.up
    /// By how much the machine's clock was ahead of counted time when it was corrected by the provider's.
    var correctedAhead: TimeInterval = 0
    var isStopping = false
    var isPublishing = false
    /// Nothing is begun before: the outbox could not take what was to be recorded.
    private var pausedUntil = Date.distantPast

    /// Sales in work that have a place among the calls, and those that wait for one.
    var calling: [Int64: Priority] = [:]
    var waiting: [(seq: Int64, priority: Priority, continuation: CheckedContinuation<Bool, Never>)] = []

    /// - Parameters:
    ///   - concurrency: calls in flight at most.
    ///   - healthCheckInterval: after so long without a call the provider is asked how it is; nil for never.
    public init(
        outbox: Outbox, slime: SlimeClient, concurrency: Int, healthCheckInterval: Duration? = nil,
        observer: JobObserver = JobObserver(),
        context: LoopContext
    ) {
        heartbeat = context.heartbeat
        self.healthCheckInterval = healthCheckInterval
        self.outbox = outbox
        self.slime = slime
        self.concurrency = concurrency
        clock = context.clock
        self.observer = observer
        logger = context.logger
        policy = ServicePolicy(concurrency: concurrency)
    }

    public func run() async throws {
        // From before the first look on: a sale that comes in between is not to wait for the next one.
        let ticks = outbox.changes.ticks()
        try await resumeAccount()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [wakeSignal] in await wakeSignal.notify(at: ticks) }
            group.addTask { await self.stopWhenAsked() }
            if let healthCheckInterval { group.addTask { await self.checkHealth(every: healthCheckInterval) } }
            await work()
            group.cancelAll()
        }
    }

    private func stopWhenAsked() async {
        guard (try? await gracefulShutdown()) != nil else { return }
        isStopping = true
        wakeSignal.notify()
        callNext()
    }

    /// A hold outlives a restart; "down" is found out anew.
    private func resumeAccount() async throws {
        let account = try await outbox.account(of: service)
        if account.condition == .held, let failure = account.failure {
            policy = ServicePolicy(concurrency: concurrency, held: (failure, account.since ?? clock.now))
            published = account
        } else if account.condition != .up {
            try await outbox.setAccount(.up, of: service)
        }
    }

    /// Calls that are under way when the gateway stops are waited for: each has its own time-out.
    private func work() async {
        await withDiscardingTaskGroup { attempts in
            while !isStopping, !Task.isCancelled {
                do {
                    let wake = try await begin(in: &attempts)
                    await wakeSignal.wait(until: wake, clock: clock, heartbeat: heartbeat)
                } catch {
                    // The outbox has failed or is overrun; its keeper ends the process if it is for good.
                    logger.error("registrations cannot be read", metadata: [LogKey.error: "\(error)"])
                    await wakeSignal.wait(until: clock.now.addingTimeInterval(1), clock: clock, heartbeat: heartbeat)
                }
            }
        }
    }

    /// Begins what may begin now, and says when to look again at the latest.
    private func begin(in attempts: inout DiscardingTaskGroup) async throws(OutboxError) -> Date? {
        let now = clock.now
        if now < pausedUntil, pausedUntil <= now + Self.pause { return pausedUntil }
        try await liftHoldIfAsked()
        let apart = inFlight.values.count { $0 == .apart }
        let backlog = apart + inFlight.values.count { $0 == .backlog }
        let allowance = policy.workAllowance(
            inWork: inFlight.count, spool: inFlight.values.count { $0 != .till }, backlog: backlog, apart: apart,
            at: now)
        if allowance.all > 0, isHeldByCredentials {
            probeByHealthCheck(in: &attempts)
            return nil
        }
        let begun =
            try await policy.condition.isUp
            ? outbox.beginJobs(
                of: service, at: now,
                within: JobLimits(
                    all: allowance.all, spool: allowance.spool, backlog: allowance.backlog, apart: allowance.apart,
                    excluding: Set(inFlight.keys)))
            : beginProbe(allowance, at: now)
        if begun.isEmpty, allowance.all > 0, try await isHealthCheckProbe() {
            probeByHealthCheck(in: &attempts)
            return nil
        }
        if !begun.isEmpty { FaultPoint.attemptRecorded.pass() }
        for registration in begun {
            inFlight[registration.seq] = registration.priority(at: now)
            lastCallAt = now
            attempts.addTask { await self.attempt(registration) }
        }
        // Every attempt that ends rings the bell; only a probe has to be waited for by the clock.
        if allowance.all == 0 { return inFlight.isEmpty ? policy.nextWake : nil }
        if begun.count == allowance.all { return nil }
        // The backlog has enough in work, so that it need not be looked through: what ends rings the bell, and should nothing
        // end soon, a till's sale that falls due meanwhile is found at the next glance.
        if backlog > 0, allowance.backlog == 0 { return now + Self.glance }
        let latest = now + (ServicePolicy.longestDelay + Self.slack).inSeconds
        let moved = try await outbox.makeDue(service, putOffBeyond: latest, at: now)
        if moved > 0 {
            logger.warning(
                "the clock was put back; what was put off by the old one is due", metadata: [LogKey.count: "\(moved)"])
            return now
        }
        return try await outbox.nextJobDue(of: service, after: now)
    }

    /// A person's retry of a held sale lifts the hold in the outbox; the policy follows.
    private func liftHoldIfAsked() async throws(OutboxError) {
        // Only a hold that is on disk can have been lifted there.
        guard policy.condition.isHeld, published.condition == .held, !isPublishing,
            try await outbox.account(of: service).condition != .held, published.condition == .held
        else { return }
        policy.released()
        published = .up
        logger.notice("hold lifted by hand")
    }

    private func attempt(_ owed: JobRecord) async {
        let begun = ContinuousClock.now
        do {
            let attempt = JobAttempt(owed: owed, jobWorker: self, outbox: outbox, calls: calls)
            if let machine = try await attempt.run() {
                FaultPoint.registrationWritten.pass()
                logger.log(
                    level: machine.state == .rejected ? .error : .debug, "registration attempted",
                    metadata: Self.metadata(of: owed, machine, since: begun))
            }
        } catch {
            let concernsAll = error.code != .conflict
            if clock.now >= pausedUntil {
                logger.error(
                    "registrations cannot be recorded",
                    metadata: [LogKey.sale: "\(owed.key)", LogKey.error: "\(error.message)"])
            }
            if concernsAll { pausedUntil = clock.now.addingTimeInterval(Self.pause) }
        }
        inFlight[owed.seq] = nil
        lastCallAt = clock.now
        wakeSignal.notify()
    }

    private static func metadata(
        of owed: JobRecord, _ machine: JobMachine, since begun: ContinuousClock.Instant
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.sale: "\(owed.key)", LogKey.registrationState: "\(SaleRegistration.State(machine.state).rawValue)",
            LogKey.attempts: "\(machine.attempts)",
            LogKey.duration: "\((ContinuousClock.now - begun).milliseconds)",
        ]
        if machine.state != .done, let error = machine.lastError {
            // Not the message: it may quote what the provider was sent.
            metadata[LogKey.errorCode] = "\(error.code)"
        }
        return metadata
    }

    var calls: SlimeCalls { SlimeCalls(slime: slime, jobWorker: self) }
}
