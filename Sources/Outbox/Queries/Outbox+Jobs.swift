import FaultPoints
public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// Begins attempts at due jobs of a service: first those whose customer probably waits, then the backlog, oldest
    /// first, then those that wait apart, and last those about documents. Each is on disk as begun when this returns: after a
    /// crash that says "may have been sent".
    public func beginJobs(
        of service: ServiceName, at now: Date, within limits: JobLimits
    ) async throws(OutboxError) -> [JobRecord] {
        guard limits.all > 0 else { return [] }
        return try await write { db, log in
            let due = try JobQueries.due(of: service, at: now, within: limits, in: db)
            if !due.isEmpty { FaultPoint.registrationDue.pass() }
            return try due.map { try JobQueries.begin($0, in: db, log: log) }
        }
    }

    /// Whether the service owes a job that neither waits apart nor is about documents.
    public func owesOrdinaryJobs(_ service: ServiceName) async throws(OutboxError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: JobQueries.owesOrdinary), arguments: ["service": service.rawValue])
                ?? false
        }
    }

    /// How many jobs the service owes, those about documents apart, counted up to a limit.
    public func pendingCount(of service: ServiceName, atMost limit: Int) async throws(OutboxError) -> Int {
        try await read { db in
            try Int.fetchOne(
                db.cachedStatement(sql: JobQueries.pendingCount),
                arguments: ["service": service.rawValue, "limit": limit]) ?? 0
        }
    }

    /// When the next job of the service falls due after `now`; nil if none does.
    public func nextJobDue(of service: ServiceName, after now: Date) async throws(OutboxError) -> Date? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: JobQueries.nextDue),
                arguments: ["service": service.rawValue, "now": now.milliseconds])?.time("due")
        }
    }

    /// Makes jobs due that were put off for longer than any may be: the clock was put back since. Returns how many.
    public func makeDue(
        _ service: ServiceName, putOffBeyond latest: Date, at now: Date
    ) async throws(OutboxError) -> Int {
        let arguments: StatementArguments = ["service": service.rawValue, "latest": latest.milliseconds]
        let isAny = try await read { db in
            try Bool.fetchOne(db.cachedStatement(sql: JobQueries.isAnyPutOff), arguments: arguments)
        }
        guard isAny == true else { return 0 }
        return try await write { db, log in
            log.wake(.jobs(of: service))
            try db.cachedStatement(sql: JobQueries.makeDue).execute(arguments: arguments &+ ["now": now.milliseconds])
            return db.changesCount
        }
    }

    /// Moves a job on. One commit applies all events in their order, and queues the slip for paper that went out
    /// without the link.
    ///
    /// - Parameter incident: what went wrong with it, counted in the same commit and so only once.
    @discardableResult
    public func apply(
        _ events: [JobMachine.Event], toJob seq: Int64, counting incident: Incident? = nil, at now: Date
    ) async throws(OutboxError) -> JobMachine {
        try await write { [rules, shownAhead] db, log in
            let ahead = shownAhead()
            let job = try JobQueries.job(seq, in: db)
            var machine = job.machine
            for event in events { try machine.applyOrConflict(event.shown(ahead: ahead)) }
            try JobQueries.update(seq, to: machine, at: now, in: db)
            job.report(machine, at: now, to: log)
            log.wake(.jobs(of: job.service))
            if machine.state != .pending, job.kind == .registration, let sale = job.saleSeq {
                let sale = try StoredSale(sale, in: db)
                let rows = machine.state == .done ? rules.rowsAfterLink(in: sale.rows, at: now) : []
                try sale.write(rows, shownAhead: ahead, in: db, log: log).reportRegistrationEnded(to: log)
            }
            if let incident { try IncidentQueries.count(incident, in: db, log: log) }
            return machine
        }
    }

    /// A person sends a sale's registration again, with a request built again.
    ///
    /// - Parameters:
    ///   - adopting: whether to treat what the provider has under this key as ours.
    ///   - remoteID: the provider's own name for what is adopted, if it gives names.
    ///   - changing: whether the request has another buyer than before.
    public func retry(
        _ id: TransactionID, with new: NewJob, adopting: Bool, remoteID: String? = nil, changing: Bool = false,
        at now: Date
    ) async throws(OutboxError) -> SaleRecord {
        try await write { [rules] db, log in
            let record = try SaleQueries.record(of: id, in: db)
            let registration = record.registration
            guard registration.state != .ready else {
                throw OutboxError(.conflict, "the sale \(id.text) is registered already; there is nothing to try again")
            }
            guard registration.provider == new.service else {
                throw OutboxError(
                    .conflict, "the sale \(id.text) is \(registration.provider)'s, and is not sent to \(new.service)")
            }
            let isHeld = try AccountQueries.state(of: new.service, in: db).condition == .held
            let retry: RegistrationRetry
            do throws(RetryRefusal) {
                retry = try rules.retry(
                    registration.machine, adopting: adopting, remoteID: remoteID, changing: changing, isHeld: isHeld,
                    at: now)
            } catch {
                throw OutboxError(.conflict, error.message(about: id, at: new.service))
            }
            try JobQueries.update(registration.job, to: retry.machine, at: now, in: db)
            if retry.takesNewRequest {
                try JobQueries.replaceRequest(of: registration.job, by: new, in: db)
            }
            log.wake(.jobs(of: new.service))
            if retry.releasesHold {
                try AccountQueries.set(.up, of: new.service, in: db)
                log.add(.account(new.service, .up))
            }
            let retried = try SaleQueries.record(of: id, in: db)
            log.add(.registration(id, retried.registration, receivedAt: record.agedFrom))
            return retried
        }
    }
}

extension JobMachine {
    mutating func applyOrConflict(_ event: Event) throws(OutboxError) {
        do { try apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
    }
}

extension RetryRefusal {
    fileprivate func message(about id: TransactionID, at service: ServiceName) -> String {
        switch self {
        case .done(let illegal): "\(illegal)"
        case .underWay:
            "the sale \(id.text) may be on its way to \(service) with the buyer as it was sent; its buyer can be changed once it is rejected or held, and no attempt is under way"
        case .made:
            "\(service) has the sale \(id.text) with the buyer as it was sent; its document is not changed from here. To take it as it is: retry with adopt"
        }
    }
}
