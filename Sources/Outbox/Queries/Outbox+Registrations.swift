import FaultPoints
public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// Begins attempts at registrations that are due: those whose customer is taken to wait first, then the backlog, oldest
    /// first, and those that wait apart last. Each is on disk as begun when this returns: after a crash that says "may have
    /// been sent".
    ///
    /// - Parameters:
    ///   - spoolLimit: how many of them may be of those that no till sent, the backlog among them; nil for all.
    ///   - backlogLimit: how many of them may be of the backlog; nil for all.
    ///   - apartLimit: how many of them may be of those that wait apart.
    ///   - excluding: sales that are being worked on.
    ///   - oldestFirst: leave the waiting customers aside: a probe of a held account takes the oldest sale.
    public func beginRegistrations(
        at now: Date, limit: Int, spoolLimit: Int? = nil, backlogLimit: Int? = nil, apartLimit: Int = 1,
        excluding: Set<Int64>, oldestFirst: Bool = false
    ) async throws(OutboxError) -> [OwedRegistration] {
        guard limit > 0 else { return [] }
        return try await write { db, log in
            var due: [Int64] = []
            // Each part is bounded by its own partial index; those being worked on are few and skipped here.
            func take(_ sql: String, _ arguments: StatementArguments, atMost limit: Int) throws {
                guard limit > 0 else { return }
                let most = limit + excluding.count + due.count
                let bounds: StatementArguments = ["now": now.milliseconds, "limit": most]
                let found = try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments &+ bounds)
                due += found.filter { !excluding.contains($0) && !due.contains($0) }.prefix(limit)
            }
            if !oldestFirst {
                try take(RegistrationQueries.waiting, ["priority": Priority.till.rawValue], atMost: limit)
            }
            let ofTills = due.count
            let most = min(limit, ofTills + (spoolLimit ?? limit))
            if !oldestFirst {
                try take(RegistrationQueries.waiting, ["priority": Priority.spool.rawValue], atMost: most - due.count)
            }
            try take(
                RegistrationQueries.backlog, ["all": oldestFirst],
                atMost: min(most - due.count, backlogLimit ?? limit))
            try take(RegistrationQueries.apart, [:], atMost: min(most - due.count, apartLimit))
            if !due.isEmpty { FaultPoint.registrationDue.pass() }
            return try due.map { try RegistrationQueries.begin($0, in: db, noting: log) }
        }
    }

    /// Whether a registration is owed that does not wait apart.
    public func owesOthersThanApart() async throws(OutboxError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM sale INDEXED BY sale_owed
                            WHERE registration = 'pending' AND waits_apart = 0)
                        """)) ?? false
        }
    }

    /// How many registrations are pending, counted up to a limit.
    public func pendingCount(atMost limit: Int) async throws(OutboxError) -> Int {
        try await read { db in
            try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT count(*) FROM (
                            SELECT 1 FROM sale INDEXED BY sale_owed WHERE registration = 'pending' LIMIT ?)
                        """), arguments: [limit]) ?? 0
        }
    }

    /// When the next registration falls due after `now`; nil where none does.
    public func nextRegistrationDue(after now: Date) async throws(OutboxError) -> Date? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT min(due) AS due FROM (
                            \(RegistrationQueries.nextDue(apart: false)) UNION ALL
                            \(RegistrationQueries.nextDue(apart: true)))
                        """),
                arguments: ["now": now.milliseconds])?.time("due")
        }
    }

    /// Makes due what was put off for longer than anything ever is: the clock was put back since. Returns how many.
    public func makeDue(putOffBeyond latest: Date, at now: Date) async throws(OutboxError) -> Int {
        let isAny = try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM sale INDEXED BY sale_owed
                            WHERE registration = 'pending' AND waits_apart IN (0, 1) AND next_attempt_at > ?)
                        """), arguments: [latest.milliseconds])
        }
        guard isAny == true else { return 0 }
        return try await write { db, log in
            log.noteAll()
            try db.cachedStatement(
                sql: "UPDATE sale SET next_attempt_at = ? WHERE registration = 'pending' AND next_attempt_at > ?"
            ).execute(arguments: [now.milliseconds, latest.milliseconds])
            return db.changesCount
        }
    }

    /// Moves a registration on. All events are applied in one commit, in their order; so is the slip that a link owes to
    /// paper that went out without it.
    ///
    /// - Parameter incident: what went wrong with it, counted in the same commit, so that it is once.
    @discardableResult
    public func apply(
        _ events: [RegistrationMachine.Event], to seq: Int64, noting incident: Incident? = nil, at now: Date
    ) async throws(OutboxError) -> RegistrationMachine {
        try await write { [lateSlips, shownAhead] db, log in
            let ahead = shownAhead()
            let row = try RegistrationQueries.row(seq, in: db)
            var machine = try row.registration()
            for event in events { try machine.applyOrConflict(event.shown(ahead: ahead)) }
            try RegistrationQueries.update(seq, to: machine, in: db)
            log.note(.registration(try row.transactionID(), machine, receivedAt: try row.requiredTime("aged_from")))
            if machine.state == .ready {
                try lateSlips.queueIfOwed(to: seq, at: now, shownAhead: ahead, in: db, noting: log)
            }
            if let incident { try IncidentQueries.note(incident, in: db, to: log) }
            return machine
        }
    }

    /// A person sends a sale again, with data built anew.
    ///
    /// - Parameter adopting: whether the provider's transaction of this id is taken for ours.
    public func retry(
        _ id: TransactionID, event: SaleEvent, slimeData: [UInt8], adopting: Bool, at now: Date
    ) async throws(OutboxError) -> SaleRecord {
        try await write { db, log in
            let record = try SaleQueries.record(of: id, in: db)
            guard record.registration.state != .ready else {
                throw OutboxError(.conflict, "the sale \(id.text) is registered already; there is nothing to try again")
            }
            var machine = record.registration
            try machine.applyOrConflict(.retried(adopting: adopting, at: now))
            try RegistrationQueries.update(record.seq, to: machine, in: db)
            // A sale that is only waiting keeps the bytes that may have been sent.
            let isHeld = try String.fetchOne(db, sql: "SELECT condition FROM account") == "held"
            if record.registration.state == .rejected || isHeld {
                try db.cachedStatement(sql: "UPDATE sale SET slime_data = ?, names_its_theme = ? WHERE seq = ?")
                    .execute(arguments: [Data(slimeData), event.namesItsTheme, record.seq])
            }
            // Whoever retries a held sale says that the account is mended: the hold is lifted, and comes back if not.
            try db.cachedStatement(
                sql:
                    "UPDATE account SET condition = 'up', code = NULL, message = NULL, since = NULL WHERE condition = 'held'"
            ).execute()
            log.noteAll()
            if isHeld { log.note(.account(.up)) }
            log.note(.registration(id, machine, receivedAt: record.agedFrom))
            return try SaleQueries.record(of: id, in: db)
        }
    }

    /// What is known of the account.
    public func account() async throws(OutboxError) -> AccountState {
        if let known = accountMemory.state { return known }
        return try await read { [accountMemory] db in
            guard let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM account")) else { return .up }
            let since = try row.time("since")
            let failure = (row["code"] as String?).map {
                Failure(code: $0, message: row["message"] ?? "", at: since ?? .distantPast)
            }
            let state = AccountState(condition: try row.named("condition"), failure: failure, since: since)
            accountMemory.remember(state)
            return state
        }
    }

    /// Keeps what is known of the account, so that a restart and every reader know it as well.
    public func setAccount(_ account: AccountState) async throws(OutboxError) {
        try await write { db, log in
            // "held" is what every sale that is owed answers then.
            log.noteAll()
            log.note(.account(account))
            try db.cachedStatement(sql: "UPDATE account SET condition = ?, code = ?, message = ?, since = ?")
                .execute(arguments: [
                    account.condition.rawValue, account.failure?.code, account.failure?.message,
                    account.since?.milliseconds,
                ])
        }
    }
}

enum RegistrationQueries {
    static let waiting = """
        SELECT seq FROM sale INDEXED BY sale_live
        WHERE registration = 'pending' AND priority = :priority AND live_until > :now AND next_attempt_at <= :now
            AND waits_apart = 0
        ORDER BY live_until LIMIT :limit
        """
    static let backlog = """
        SELECT seq FROM sale INDEXED BY sale_owed
        WHERE registration = 'pending' AND waits_apart = 0 AND next_attempt_at <= :now AND (live_until <= :now OR :all)
        ORDER BY next_attempt_at LIMIT :limit
        """
    static let apart = """
        SELECT seq FROM sale INDEXED BY sale_owed
        WHERE registration = 'pending' AND waits_apart = 1 AND next_attempt_at <= :now
        ORDER BY next_attempt_at LIMIT :limit
        """

    static func nextDue(apart: Bool) -> String {
        """
        SELECT min(next_attempt_at) AS due FROM sale INDEXED BY sale_owed
        WHERE registration = 'pending' AND waits_apart = \(apart ? 1 : 0) AND next_attempt_at > :now
        """
    }

    /// Where a sale stands with the provider, without what it was made from.
    static func row(_ seq: Int64, with further: String = "", in db: Database) throws -> Row {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT transaction_id, received_at, aged_from, registration, step, attempts, has_open_attempt,
                        may_be_initiated, waits_apart, service_url, error_code, error_message, error_at,
                        next_attempt_at\(further)
                    FROM sale WHERE seq = ?
                    """), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        return row
    }

    static func begin(_ seq: Int64, in db: Database, noting log: ChangeLog) throws -> OwedRegistration {
        let row = try row(
            seq, with: ", slime_data, names_its_theme, live_until, priority, total, vatable, exempt, vat", in: db)
        var machine = try row.registration()
        try machine.applyOrConflict(.attemptBegan)
        // Nothing that an index is made of.
        try db.cachedStatement(
            sql: "UPDATE sale SET attempts = ?, has_open_attempt = ?, may_be_initiated = ? WHERE seq = ?"
        ).execute(arguments: [machine.attempts, machine.hasOpenAttempt, machine.mayBeInitiated, seq])
        let (id, receivedAt) = (try row.transactionID(), try row.requiredTime("received_at"))
        log.note(.registration(id, machine, receivedAt: try row.requiredTime("aged_from")))
        return OwedRegistration(
            seq: seq, id: id, machine: machine, totals: try row.totals(), slimeData: try row.bytes("slime_data"),
            namesItsTheme: try row.required("names_its_theme"), receivedAt: receivedAt,
            liveUntil: try row.requiredTime("live_until"),
            priority: Priority(rawValue: try row.required("priority")) ?? .till)
    }

    static func update(_ seq: Int64, to machine: RegistrationMachine, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE sale SET registration = ?, step = ?, attempts = ?, has_open_attempt = ?, may_be_initiated = ?,
                    waits_apart = ?, service_url = ?, error_code = ?, error_message = ?, error_at = ?,
                    next_attempt_at = ?, rejection_seen = 0
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, machine.step.rawValue, machine.attempts, machine.hasOpenAttempt,
            machine.mayBeInitiated, machine.waitsApart, machine.serviceURL, machine.lastError?.code,
            machine.lastError?.message, machine.lastError?.at.milliseconds, machine.nextAttemptAt?.milliseconds, seq,
        ])
    }
}

extension RegistrationMachine {
    mutating func applyOrConflict(_ event: Event) throws(OutboxError) {
        do { try apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
    }
}
