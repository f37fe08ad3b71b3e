package import Foundation
package import GRDB
package import Journey
package import Sales

/// The SQL of jobs; a test checks a worker's queries against their plans.
package enum JobQueries {
    /// The state of a job, without the data it was made from.
    package static let columns = """
        job.seq AS job_seq, job.service, job.step, job.state, job.attempts, job.has_open_attempt, job.may_have_acted,
        job.absences, job.repeats, job.surely_made, job.adopted, job.line, job.remote_id, job.result, job.error_code, job.error_message, job.error_at, job.next_attempt_at,
        job.ended_at, job.withdrawal_asked_at, job.withdrawn_at
        """

    private static let owed = "FROM job INDEXED BY job_owed WHERE service = :service AND state = 'pending'"

    /// A search for what an earlier attempt may have made has ended, or none is needed.
    private static let isNoLook = """
        (:looks OR step = 'follow' OR may_have_acted = 0 AND has_open_attempt = 0
            OR absences >= \(JobSearch.absencesBeforeRepeat))
        """

    static let waiting = """
        SELECT seq FROM job INDEXED BY job_live
        WHERE service = :service AND state = 'pending' AND priority = :priority AND live_until > :now
            AND next_attempt_at <= :now AND line = 0 AND \(isNoLook)
        ORDER BY live_until LIMIT :limit
        """
    static let backlog = """
        SELECT seq \(owed) AND line = 0 AND next_attempt_at <= :now AND (live_until <= :now OR :all)
            AND \(isNoLook)
        ORDER BY next_attempt_at LIMIT :limit
        """
    static let apart = """
        SELECT seq \(owed) AND line = 1 AND next_attempt_at <= :now AND \(isNoLook)
        ORDER BY next_attempt_at LIMIT :limit
        """
    static let files = """
        SELECT seq \(owed) AND line = 2 AND next_attempt_at <= :now ORDER BY next_attempt_at LIMIT :limit
        """
    static let streams = """
        SELECT seq \(owed) AND line = 3 AND next_attempt_at <= :now ORDER BY next_attempt_at LIMIT :limit
        """
    static let nextDue = """
        SELECT min(due) AS due FROM (
            SELECT min(next_attempt_at) AS due \(owed) AND line = 0 AND next_attempt_at > :now UNION ALL
            SELECT min(next_attempt_at) AS due \(owed) AND line = 1 AND next_attempt_at > :now UNION ALL
            SELECT min(next_attempt_at) AS due \(owed) AND line = 2 AND next_attempt_at > :now UNION ALL
            SELECT min(next_attempt_at) AS due \(owed) AND line = 3 AND next_attempt_at > :now)
        """
    static let hasUnknownEnd = """
        SELECT EXISTS (SELECT 1 \(owed) AND line IN (0, 1) AND (has_open_attempt = 1 OR may_have_acted = 1))
        """
    static let owesOrdinary = "SELECT EXISTS (SELECT 1 \(owed) AND line = 0)"
    static let pendingCount = "SELECT count(*) FROM (SELECT 1 \(owed) AND line IN (0, 1) LIMIT :limit)"
    /// From one name in the index to the next: it takes two steps for each service, however much is owed to sales. Documents,
    /// and what is read, are owed to no sale.
    static let owingServices = """
        WITH RECURSIVE owing (service) AS (
            SELECT min(service) FROM job INDEXED BY job_owed WHERE state = 'pending'
            UNION ALL
            SELECT (SELECT min(service) FROM job INDEXED BY job_owed
                WHERE state = 'pending' AND service > owing.service)
            FROM owing WHERE owing.service IS NOT NULL)
        SELECT service FROM owing WHERE service NOT IN (\(readers)) AND EXISTS (
            SELECT 1 FROM job INDEXED BY job_owed
            WHERE service = owing.service AND state = 'pending' AND line IN (0, 1))
        """
    private static let readers = ServiceName.readers.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    private static let putOff = "\(owed) AND line IN (0, 1, 2, 3) AND next_attempt_at > :latest"
    static let isAnyPutOff = "SELECT EXISTS (SELECT 1 \(putOff))"
    static let makeDue = "UPDATE job SET next_attempt_at = :now WHERE seq IN (SELECT seq \(putOff))"

    static let pending = "SELECT seq FROM job INDEXED BY job_owed WHERE state = 'pending'"
    /// Finished registrations of sales whose paper is not finished.
    static let withQueuedPrints = """
        SELECT job.seq FROM print INDEXED BY print_queued
            CROSS JOIN job INDEXED BY job_of_sale ON job.sale_seq = print.sale_seq AND job.kind = 'registration'
        WHERE print.state = 'queued' AND job.state <> 'pending'
        """

    static let withSale = """
        SELECT \(columns), job.kind, job.sale_seq, job.aged_from, sale.transaction_id
        FROM job LEFT JOIN sale ON sale.seq = job.sale_seq WHERE job.seq = ?
        """
    static let whole = """
        SELECT \(columns), job.kind, job.sale_seq, job.key, job.context, job.priority, job.live_until, job.aged_from,
            job.request, sale.transaction_id, sale.total, sale.vatable, sale.exempt, sale.vat
        FROM job LEFT JOIN sale ON sale.seq = job.sale_seq WHERE job.seq = ?
        """

    static let request = "SELECT request, context, buyer_change FROM job WHERE seq = ?"

    /// The jobs that may begin now, in their order. Its own index bounds each part; the few jobs in work are skipped
    /// here.
    static func due(
        of service: ServiceName, at now: Date, within limits: JobLimits, in db: Database
    ) throws -> [Int64] {
        var due: [Int64] = []
        func take(_ sql: String, _ arguments: StatementArguments = [:], atMost limit: Int) throws {
            guard limit > 0 else { return }
            let bounds: StatementArguments = [
                "service": service.rawValue, "now": now.milliseconds,
                "limit": limit + limits.excluding.count + due.count,
            ]
            let found = try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments &+ bounds)
            due += found.filter { !limits.excluding.contains($0) && !due.contains($0) }.prefix(limit)
        }
        if !limits.oldestFirst {
            try take(waiting, ["priority": Priority.till.rawValue, "looks": limits.looks], atMost: limits.all)
        }
        let most = min(limits.all, due.count + (limits.spool ?? limits.all))
        if !limits.oldestFirst {
            try take(waiting, ["priority": Priority.spool.rawValue, "looks": limits.looks], atMost: most - due.count)
        }
        let (before, room) = (due.count, min(most - due.count, limits.backlog ?? limits.all))
        try take(backlog, ["all": limits.oldestFirst, "looks": limits.looks], atMost: room)
        // Documents go if nothing else that is due has to stay behind.
        let mayTakeDocuments = room > due.count - before
        try take(apart, ["looks": limits.looks], atMost: min(most - due.count, limits.apart))
        if mayTakeDocuments {
            try take(streams, atMost: limits.streams)
            try take(files, atMost: limits.files)
        }
        return due
    }

    static func begin(_ seq: Int64, in db: Database, log: ChangeLog) throws -> JobRecord {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: whole), arguments: [seq]) else { throw unknown }
        let job = try Job(row)
        var machine = job.machine
        try machine.applyOrConflict(.attemptBegan)
        // Nothing that an index is made of.
        try db.cachedStatement(
            sql: """
                UPDATE job SET attempts = ?, has_open_attempt = ?, may_have_acted = ?, absences = ?, repeats = ?
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.attempts, machine.hasOpenAttempt, machine.mayHaveActed, machine.search.absences,
            machine.search.repeats, seq,
        ])
        if job.kind == .slip, SlipCharge.mayBeDoubled(by: .attemptBegan, from: job.machine, to: machine) {
            try SlipQueries.setMayBeCharged(seq, in: db)
        }
        job.report(machine, at: nil, to: log)
        let sale: JobRecord.Sale? = try job.saleSeq.map {
            .init(seq: $0, id: try row.transactionID(), totals: try row.totals())
        }
        return JobRecord(
            seq: seq, sale: sale, kind: job.kind, service: job.service,
            key: try row.optional("key") ?? row.transactionID().text, request: try row.bytes("request"),
            context: try row.optional("context"), machine: machine, followsInterruption: job.machine.hasOpenAttempt,
            priority: Priority(rawValue: try row.required("priority")) ?? .till,
            liveUntil: try row.requiredTime("live_until"), agedFrom: job.agedFrom)
    }

    /// - Parameter now: in counted time.
    package static func update(_ seq: Int64, to machine: JobMachine, at now: Date, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE job SET state = ?, step = ?, attempts = ?, has_open_attempt = ?, may_have_acted = ?,
                    absences = ?, repeats = ?, surely_made = ?, adopted = ?,
                    line = CASE WHEN kind = 'document_file' THEN 2 WHEN kind = 'document_stream' THEN 3 ELSE ? END,
                    remote_id = ?, result = ?, error_code = ?, error_message = ?, error_at = ?,
                    next_attempt_at = ?, ended_at = ?, rejection_seen = 0
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, machine.step.rawValue, machine.attempts, machine.hasOpenAttempt,
            machine.mayHaveActed, machine.search.absences, machine.search.repeats, machine.search.isSurelyMade,
            machine.search.isAdopted, machine.waitsApart, machine.remoteID, machine.result, machine.lastError?.code,
            machine.lastError?.message, machine.lastError?.at.milliseconds, machine.nextAttemptAt?.milliseconds,
            machine.state == .pending ? nil : now.milliseconds, seq,
        ])
    }

    /// Keeps a new job. Its key is not written if it equals the sale's own id.
    package static func insert(
        _ new: NewJob, of sale: (seq: Int64, id: TransactionID)?, arrival: NewSale.Arrival, into db: Database
    ) throws -> Int64 {
        let machine = JobMachine(new, dueAt: arrival.receivedAt)
        try db.cachedStatement(
            sql: """
                INSERT INTO job (
                    sale_seq, kind, service, key, context, step, state, may_have_acted, absences, line, next_attempt_at,
                    priority, aged_from, live_until, buyer_change, request)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            sale?.seq, new.kind.rawValue, new.service.rawValue, new.key == sale?.id.text ? nil : new.key, new.context,
            machine.step.rawValue, machine.state.rawValue, machine.mayHaveActed, machine.search.absences,
            JobLine(new.kind).rawValue, machine.nextAttemptAt?.milliseconds,
            arrival.priority.rawValue, arrival.receivedAt.milliseconds, arrival.liveUntil.milliseconds,
            new.buyerChange.map { Data($0.bytes) }, Data(new.request),
        ])
        return db.lastInsertedRowID
    }

    static func setContext(of seq: Int64, to context: String, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE job SET context = ? WHERE seq = ?").execute(arguments: [context, seq])
    }

    /// A request, the service that it is for and the buyer in it are written together.
    static func replaceRequest(of seq: Int64, by new: NewJob, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE job SET service = ?, request = ?, context = ?, buyer_change = ? WHERE seq = ?"
        ).execute(arguments: [
            new.service.rawValue, Data(new.request), new.context, new.buyerChange.map { Data($0.bytes) }, seq,
        ])
    }

    /// A job as it was last built, if an attempt may have reached the service with it; nil if none may have.
    ///
    /// - Parameter job: what it is, without its request.
    static func sent(_ job: NewJob, _ seq: Int64, _ machine: JobMachine, in db: Database) throws -> NewJob? {
        guard machine.mayHaveActed || machine.hasOpenAttempt,
            let row = try Row.fetchOne(db.cachedStatement(sql: request), arguments: [seq])
        else { return nil }
        let bytes = try row.bytes("request")
        // A recovery found none.
        guard !bytes.isEmpty else { return nil }
        var sent = NewJob(
            kind: job.kind, service: job.service, key: job.key, request: bytes, context: try row.optional("context"))
        sent.buyerChange = try row.buyerChange()
        return sent
    }

    static func job(_ seq: Int64, in db: Database) throws -> Job {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: withSale), arguments: [seq]) else { throw unknown }
        return try Job(row)
    }

    private static let unknown = OutboxError(.notFound, "there is no such job any more")

    /// A job in its present state, without the data it was made from.
    struct Job {
        let seq: Int64
        let saleSeq: Int64?
        let kind: JobKind
        let service: ServiceName
        let machine: JobMachine
        let agedFrom: Date
        /// The sale that it belongs to.
        let sale: TransactionID?
        let withdrawal: SaleRegistration.Withdrawal?

        init(_ row: Row) throws {
            seq = try row.required("job_seq")
            saleSeq = try row.optional("sale_seq")
            kind = try row.named("kind")
            service = try row.service()
            machine = try row.job()
            agedFrom = try row.requiredTime("aged_from")
            sale = saleSeq == nil ? nil : try row.transactionID()
            withdrawal = try row.withdrawal()
        }

        /// Adds the state that was just written to what the commit changed. A job of another kind is no change for observers:
        /// it only wakes those who wait for everything, or for its sale.
        func report(_ machine: JobMachine, at now: Date?, to log: ChangeLog) {
            guard let sale else { return log.wake() }
            switch kind {
            case .registration:
                let registration = SaleRegistration(
                    job: seq, provider: service, machine: machine,
                    endedAt: machine.state == .pending ? nil : now?.toMilliseconds, withdrawal: withdrawal)
                log.add(.registration(sale, registration, receivedAt: agedFrom))
            case .saleInvoice:
                log.add(.saleInvoice(sale, SaleInvoice(job: seq, provider: service, machine: machine)))
            default: log.wake(.sale(sale))
            }
        }
    }
}
