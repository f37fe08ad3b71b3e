public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// Registrations that are due: those whose customer is taken to wait first, then the backlog, oldest first.
    ///
    /// - Parameters:
    ///   - excluding: sales that are being worked on.
    ///   - oldestFirst: leave the waiting customers aside: a probe of a held account takes the oldest sale.
    public func owedRegistrations(
        at now: Date, limit: Int, excluding: Set<Int64>, oldestFirst: Bool = false
    ) async throws(OutboxError) -> [OwedRegistration] {
        guard limit > 0 else { return [] }
        return try await read { db in
            // Each half is bounded by its own partial index; those being worked on are few and skipped here.
            let wanted = limit + excluding.count
            let columns = """
                SELECT seq, transaction_id, slime_data, names_its_theme, received_at, live_until, registration, step,
                    attempts, has_open_attempt, may_be_initiated, service_url, error_code, error_message, error_at,
                    next_attempt_at
                FROM sale
                """
            let waiting = """
                \(columns) INDEXED BY sale_live
                WHERE registration = 'pending' AND live_until > :now AND next_attempt_at <= :now
                ORDER BY live_until LIMIT :limit
                """
            let backlog = """
                \(columns) INDEXED BY sale_owed
                WHERE registration = 'pending' AND next_attempt_at <= :now AND (live_until <= :now OR :all)
                ORDER BY next_attempt_at LIMIT :limit
                """
            let arguments: StatementArguments = ["now": now.milliseconds, "limit": wanted]
            var owed = oldestFirst ? [] : try Row.fetchAll(db.cachedStatement(sql: waiting), arguments: arguments)
            if owed.count < wanted {
                owed += try Row.fetchAll(
                    db.cachedStatement(sql: backlog), arguments: arguments &+ ["all": oldestFirst])
            }
            return try owed.map(Self.owedRegistration).filter { !excluding.contains($0.seq) }.prefix(limit).map(\.self)
        }
    }

    /// When the next registration falls due; nil where none is owed.
    public func nextRegistrationDue(excluding: Set<Int64>) async throws(OutboxError) -> Date? {
        try await read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT seq, next_attempt_at FROM sale INDEXED BY sale_owed
                        WHERE registration = 'pending' AND next_attempt_at > -1 ORDER BY next_attempt_at LIMIT ?
                        """),
                arguments: [excluding.count + 1])
            return try rows.first { try !excluding.contains($0.required("seq")) }?.time("next_attempt_at")
        }
    }

    /// Moves a registration on. All events are applied in one commit, in their order.
    @discardableResult
    public func apply(
        _ events: [RegistrationMachine.Event], to seq: Int64
    ) async throws(OutboxError) -> RegistrationMachine {
        try await write { db, log in
            let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM sale WHERE seq = ?"), arguments: [seq])
            guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
            var machine = try row.registration()
            for event in events { try machine.applyOrConflict(event) }
            try RegistrationQueries.update(seq, to: machine, in: db)
            log.note(try row.transactionID())
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
            return try SaleQueries.record(of: id, in: db)
        }
    }

    /// What is known of the account.
    public func account() async throws(OutboxError) -> AccountState {
        try await read { db in
            guard let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM account")) else { return .up }
            let since = row.time("since")
            let failure = (row["code"] as String?).map {
                Failure(code: $0, message: row["message"] ?? "", at: since ?? .distantPast)
            }
            return AccountState(condition: try row.named("condition"), failure: failure, since: since)
        }
    }

    /// Keeps what is known of the account, so that a restart and every reader know it as well.
    public func setAccount(_ account: AccountState) async throws(OutboxError) {
        try await write { db, log in
            // "held" is what every sale that is owed answers then.
            log.noteAll()
            try db.cachedStatement(sql: "UPDATE account SET condition = ?, code = ?, message = ?, since = ?")
                .execute(arguments: [
                    account.condition.rawValue, account.failure?.code, account.failure?.message,
                    account.since?.milliseconds,
                ])
        }
    }

    private static func owedRegistration(_ row: Row) throws -> OwedRegistration {
        OwedRegistration(
            seq: try row.required("seq"), id: try row.transactionID(), machine: try row.registration(),
            slimeData: try row.bytes("slime_data"), namesItsTheme: try row.required("names_its_theme"),
            receivedAt: try row.requiredTime("received_at"), liveUntil: try row.requiredTime("live_until"))
    }
}

enum RegistrationQueries {
    static func update(_ seq: Int64, to machine: RegistrationMachine, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE sale SET registration = ?, step = ?, attempts = ?, has_open_attempt = ?, may_be_initiated = ?,
                    service_url = ?, error_code = ?, error_message = ?, error_at = ?, next_attempt_at = ?
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, machine.step.rawValue, machine.attempts, machine.hasOpenAttempt,
            machine.mayBeInitiated, machine.serviceURL, machine.lastError?.code, machine.lastError?.message,
            machine.lastError?.at.milliseconds, machine.nextAttemptAt?.milliseconds, seq,
        ])
    }
}

extension RegistrationMachine {
    mutating func applyOrConflict(_ event: Event) throws(OutboxError) {
        do { try apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
    }
}
