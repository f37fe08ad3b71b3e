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
    /// - Parameters:
    ///   - finding: what was found on a slip: it is compared in the same commit.
    ///   - context: what the service keeps beside the request from now on; nil leaves it.
    ///   - incident: what went wrong with it, counted in the same commit and so only once.
    @discardableResult
    public func apply(
        _ events: [JobMachine.Event], toJob seq: Int64, finding: SlipFinding? = nil, context: String? = nil,
        counting incident: Incident? = nil, at now: Date
    ) async throws(OutboxError) -> JobMachine {
        try await write { [rules, shownAhead, slipTerms] db, log in
            let ahead = shownAhead()
            let job = try JobQueries.job(seq, in: db)
            var machine = job.machine
            if job.kind == .supplierInvoice, !machine.hasOpenAttempt {
                try SupplierInvoiceQueries.leave(job, events, in: db, log: log)
                return machine
            }
            var mayBeCharged = false
            for event in events {
                let before = machine
                try machine.applyOrConflict(event.shown(ahead: ahead))
                if SlipCharge.mayBeDoubled(by: event, from: before, to: machine) { mayBeCharged = true }
            }
            try JobQueries.update(seq, to: machine, at: now, in: db)
            if let context { try JobQueries.setContext(of: seq, to: context, in: db) }
            job.report(machine, at: now, to: log)
            log.wake(.jobs(of: job.service))
            if machine.state != .pending, job.kind == .registration, let sale = job.saleSeq {
                let sale = try StoredSale(sale, in: db)
                if machine.state == .done { try BillingQueries.watchBill(of: sale.record, in: db, log: log) }
                let rows = machine.state == .done ? rules.rowsAfterLink(in: sale.rows, at: now) : []
                try sale.write(rows, shownAhead: ahead, in: db, log: log).reportRegistrationEnded(to: log)
            }
            if job.kind == .withdrawal, machine.state != .pending, let sale = job.saleSeq {
                try WithdrawalQueries.end(machine, ofSale: sale, at: now, shownAhead: ahead, in: db, log: log)
            }
            if job.kind == .slip {
                try SlipQueries.follow(
                    .init(seq: seq, machine: machine, mayBeCharged: mayBeCharged, finding: finding), under: slipTerms,
                    at: now, in: db, log: log)
            }
            if job.kind == .supplierInvoice {
                try SupplierInvoiceQueries.follow(seq, machine, at: now, in: db, log: log)
            }
            if let incident { try IncidentQueries.count(incident, in: db, log: log) }
            return machine
        }
    }

    /// A person sends a sale's registration again.
    ///
    /// - Parameter new: its request, built again; by the other service if it is moved there.
    public func retry(
        _ id: TransactionID, with new: NewJob, as retry: JobRetry = JobRetry(), at now: Date
    ) async throws(OutboxError) -> SaleRecord {
        try await write { [rules] db, log in
            let record = try SaleQueries.record(of: id, in: db)
            let registration = record.registration
            let provider = registration.provider
            guard registration.state != .ready else {
                throw OutboxError(.conflict, "the sale \(id.text) is registered already; there is nothing to try again")
            }
            if case .asked = registration.withdrawal {
                throw OutboxError(.conflict, WithdrawalQueries.underWay(id, at: provider))
            }
            let isMoved = retry.way == .moving
            guard isMoved != (provider == new.service) else {
                throw OutboxError(
                    .conflict,
                    isMoved
                        ? "the sale \(id.text) is \(provider)'s already"
                        : "the sale \(id.text) is \(provider)'s, and is not sent to \(new.service)")
            }
            let isHeld = try AccountQueries.state(of: provider, in: db).condition == .held
            let retried: RegistrationRetry
            do throws(RetryRefusal) {
                retried = try rules.retry(registration.machine, as: retry, isHeld: isHeld, at: now)
            } catch {
                throw OutboxError(.conflict, error.message(about: .registration, of: id, at: provider))
            }
            // A database before this one may have had it made where it goes now.
            let moved = try new.searching(forSaleIssuedAt: record.issuedAt, in: db)
            let machine = isMoved ? JobMachine(moved, dueAt: now) : retried.machine
            try JobQueries.update(registration.job, to: machine, at: now, in: db)
            if retried.takesNewRequest {
                try JobQueries.replaceRequest(of: registration.job, by: new, in: db)
            }
            if registration.withdrawal != nil { try WithdrawalQueries.forget(of: registration.job, in: db) }
            for service in [provider, new.service] { log.wake(.jobs(of: service)) }
            if retried.releasesHold {
                try AccountQueries.set(.up, of: provider, in: db)
                log.add(.account(provider, .up))
            }
            let after = try SaleQueries.record(of: id, in: db)
            log.add(.registration(id, after.registration, receivedAt: record.agedFrom))
            return after
        }
    }

    /// The registration of a sale as it was last built, if an attempt may have reached its provider with it; nil if none may
    /// have. What is built instead has to be recognised as the same: by its number, say.
    public func sentRegistration(of id: TransactionID) async throws(OutboxError) -> NewJob? {
        try await read { db in
            let registration = try SaleQueries.record(of: id, in: db).registration
            let job = NewJob(kind: .registration, service: registration.provider, key: id.text, request: [])
            return try JobQueries.sent(job, registration.job, registration.machine, in: db)
        }
    }

    /// Whether the service may have acted on a job that it owes: at a start, in a gateway before that was killed.
    public func hasUnknownEnd(of service: ServiceName) async throws(OutboxError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: JobQueries.hasUnknownEnd), arguments: ["service": service.rawValue]) ?? false
        }
    }

    /// The services that owe sales anything, in the order of their names.
    public func owingServices() async throws(OutboxError) -> [ServiceName] {
        try await read { db in
            try String.fetchAll(db.cachedStatement(sql: JobQueries.owingServices)).map { ServiceName(rawValue: $0) }
        }
    }
}

extension JobMachine {
    mutating func applyOrConflict(_ event: Event) throws(OutboxError) {
        do { try apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
    }
}
