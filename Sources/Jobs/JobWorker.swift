import FaultPoints
import Foundation
import Journey
import Logging
public import Outbox
public import RemoteServices
public import Runtime
import Sales
public import ServiceLifecycle

/// Brings every job of a service to its end, and writes the outcome down.
///
/// It begins what is due in the outbox, as much as the policy allows, and gives each job a task of its own: one that
/// hangs delays no other. Each task waits for its place among the calls.
public actor JobWorker: Service {
    /// How long nothing is begun after the outbox refused.
    static let pause: TimeInterval = 2
    /// Seconds after which due jobs are looked for again while the backlog has enough in work.
    private static let glance: TimeInterval = 0.5
    /// By how much a due time may exceed the longest delay before the clock is to blame.
    private static let slack: Duration = .seconds(300)

    let outbox: Outbox
    public nonisolated let service: any RemoteService
    let clock: GatewayClock
    let logger: Logger
    let observer: JobObserver
    let wakeSignal = WakeSignal()
    private let settings: JobWorkerSettings
    private let heartbeat: Heartbeat?
    /// What it does about documents; nil if nothing.
    let documents: DocumentWork?

    var health: ServiceHealth
    var queue = CallQueue()
    /// The jobs in work, and how urgent each is.
    var inWork: [Work: Priority] = [:]
    /// When a call ended, or a job began, that was not about documents: those show little of how sales fare.
    var lastCallAt = Date.distantPast
    /// The jobs in work that are about documents.
    var documentsInWork: [Int64: JobKind] = [:]
    var streamPolicy = DocumentPolicy.ofStream
    var filePolicy = DocumentPolicy.ofFiles
    /// When a job about documents began.
    var lastDocumentAt = Date.distantPast
    /// Whether the jobs about documents are those that ``documents`` wants.
    var areDocumentsPrepared = false
    var isStopping = false
    var isPublishing = false
    /// Nothing is begun before: the outbox could not record an outcome.
    private var pausedUntil = Date.distantPast

    public init(
        settings: JobWorkerSettings, outbox: Outbox, service: any RemoteService,
        observer: JobObserver = JobObserver(), context: LoopContext
    ) {
        self.settings = settings
        self.outbox = outbox
        self.service = service
        self.observer = observer
        documents = DocumentWork(settings.documents, of: service)
        clock = context.clock
        heartbeat = context.heartbeat
        var logger = context.logger
        logger[metadataKey: LogKey.service] = "\(service.name)"
        self.logger = logger
        health = ServiceHealth(concurrency: settings.concurrency)
    }

    public func run() async throws {
        // Subscribed before the first look: a job that comes in between must not wait for the next one.
        let ticks = outbox.changes.ticks(of: .jobs(of: service.name))
        try await resumeAccount()
        if service.settling != nil, try await outbox.hasUnknownEnd(of: service.name) {
            await service.resumeAfterInterruption()
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [wakeSignal] in await wakeSignal.notify(at: ticks) }
            group.addTask { await self.stopWhenAsked() }
            if let interval = settings.healthCheckInterval {
                group.addTask { await self.checkHealth(every: interval) }
            }
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

    private func resumeAccount() async throws {
        let account = try await outbox.account(of: service.name)
        // It is configured again.
        let wasMissing = account.failure?.code == ProviderSet.missingCode
        if account.condition == .held, !wasMissing, let failure = account.failure {
            health = ServiceHealth(concurrency: settings.concurrency, holding: failure, account: account, at: clock.now)
        } else if account.condition != .up {
            try await outbox.setAccount(.up, of: service.name)
        }
    }

    /// At a stop it waits for the calls under way: each has its own time-out.
    private func work() async {
        await withDiscardingTaskGroup { attempts in
            while !isStopping, !Task.isCancelled {
                do {
                    let wake = try await begin(in: &attempts)
                    await wakeSignal.wait(until: wake, clock: clock, heartbeat: heartbeat)
                } catch {
                    guard !Task.isCancelled else { return }
                    // The outbox has failed or is overrun; its own service ends the process if that is final.
                    logger.error("jobs cannot be read", metadata: [LogKey.error: "\(error)"])
                    await wakeSignal.wait(until: clock.now.addingTimeInterval(1), clock: clock, heartbeat: heartbeat)
                }
            }
        }
    }

    /// Begins what may begin now, and returns when to look again at the latest.
    private func begin(in attempts: inout DiscardingTaskGroup) async throws(OutboxError) -> Date? {
        let now = clock.now
        if now < pausedUntil, pausedUntil <= now + Self.pause { return pausedUntil }
        try await liftHoldIfAsked()
        await prepareDocuments(at: now)
        let priorities = ordinaryInWork.values
        let apart = priorities.count { $0 == .apart }
        let backlog = apart + priorities.count { $0 == .backlog }
        let allowance = health.policy.workAllowance(
            inWork: priorities.count, spool: priorities.count { $0 != .till }, backlog: backlog, apart: apart, at: now)
        if allowance.all > 0, isHeldForProbe {
            probe(in: &attempts)
            return nil
        }
        var limits = JobLimits(
            all: allowance.all, spool: allowance.spool, backlog: allowance.backlog, apart: allowance.apart,
            excluding: jobsInWork)
        (limits.streams, limits.files) = documentAllowance(at: now)
        limits.looks = service.settling == nil || inWork.values.count { $0 == .look } < CallQueue.lookPlaces
        let begun =
            try await health.policy.condition.isUp
            ? outbox.beginJobs(of: service.name, at: now, within: limits) : beginProbe(allowance, at: now)
        if begun.isEmpty, allowance.all > 0, try await isProbeDueWithoutJob() {
            probe(in: &attempts)
            return nil
        }
        if !begun.isEmpty { FaultPoint.attemptRecorded.pass() }
        let ordinary = begun.count { !$0.kind.isAboutDocuments }
        for job in begun {
            // A probe goes alone, whatever it is.
            let isLook = health.policy.condition.isUp && job.isLook(at: service)
            inWork[.job(job.seq)] = isLook ? .look : job.priority(at: now)
            if job.kind.isAboutDocuments { (documentsInWork[job.seq], lastDocumentAt) = (job.kind, now) }
            attempts.addTask { await self.attempt(job) }
        }
        if ordinary > 0 { lastCallAt = now }
        // Every attempt that ends wakes this loop; only a probe has to be awaited by the clock.
        if allowance.all == 0 { return ordinaryInWork.isEmpty ? health.policy.nextWake : nil }
        // Looks take no place in work from others.
        if begun.contains(where: { inWork[.job($0.seq)] == .look }) { return now }
        if ordinary == allowance.all { return nil }
        let files = begun.count { $0.kind == .documentFile }
        if try await askForFiles(besides: files, of: limits.files, at: now) { return now }
        // The backlog has enough in work, so it need not be searched: an attempt that ends wakes this loop. If none
        // ends soon, the next look finds a till's job that falls due meanwhile.
        if backlog > 0, allowance.backlog == 0 { return now + Self.glance }
        let latest = now + (ServicePolicy.longestDelay + Self.slack).inSeconds
        let moved = try await outbox.makeDue(service.name, putOffBeyond: latest, at: now)
        if moved > 0 {
            logger.warning(
                "clock set back, postponed sales are due", metadata: [LogKey.count: "\(moved)"])
            return now
        }
        let due = try await outbox.nextJobDue(of: service.name, after: now)
        return [due, documentsWake(after: now)].compactMap(\.self).min()
    }

    var jobsInWork: Set<Int64> {
        Set(inWork.keys.compactMap { if case .job(let seq) = $0 { seq } else { nil } })
    }

    /// A person's retry of a held job lifts the hold in the outbox; the policy follows.
    private func liftHoldIfAsked() async throws(OutboxError) {
        // Only a hold that is on disk can have been lifted there.
        guard health.policy.condition.isHeld, health.published.condition == .held, !isPublishing,
            try await outbox.account(of: service.name).condition != .held, health.published.condition == .held
        else { return }
        health.released()
        logger.notice("hold released by staff")
    }

    private func attempt(_ job: JobRecord) async {
        let begun = ContinuousClock.now
        do {
            if job.kind.isAboutDocuments {
                try await attemptDocuments(job)
            } else if let machine = try await JobAttempt(job: job, worker: self).run() {
                FaultPoint.registrationWritten.pass()
                logger.log(
                    level: machine.state == .rejected ? .error : .debug, "job attempted",
                    metadata: job.metadata(machine, took: ContinuousClock.now - begun))
            }
        } catch {
            // Retention may have removed the job with its sale.
            let concernsAll = error.code != .conflict && error.code != .notFound
            // What was cancelled is no fault of the database's.
            if clock.now >= pausedUntil, !Task.isCancelled {
                logger.error(
                    "jobs cannot be recorded",
                    metadata: job.identity.merging([LogKey.error: "\(error.message)"]) { own, _ in own })
            }
            if concernsAll { pausedUntil = clock.now.addingTimeInterval(Self.pause) }
        }
        inWork[.job(job.seq)] = nil
        documentsInWork[job.seq] = nil
        if !job.kind.isAboutDocuments { lastCallAt = clock.now }
        wakeSignal.notify()
    }
}

extension JobRecord {
    /// The sale that it belongs to; its key for one that belongs to none.
    var identity: Logger.Metadata {
        sale.map { [LogKey.sale: "\($0.id)"] } ?? [LogKey.job: "\(key)"]
    }

    fileprivate func metadata(_ machine: JobMachine, took duration: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.jobKind: "\(kind.rawValue)", LogKey.jobState: "\(machine.state.rawValue)",
            LogKey.attempts: "\(machine.attempts)", LogKey.duration: "\(duration.milliseconds)",
        ]
        metadata.merge(identity) { _, own in own }
        // Not the message: it may quote what the service was sent.
        if machine.state != .done, let error = machine.lastError { metadata[LogKey.errorCode] = "\(error.code)" }
        return metadata
    }
}
