import GRDB

extension Outbox {
    /// Counts what went wrong; it stands among the figures until it is acknowledged.
    public func note(_ incident: Incident) async throws(OutboxError) {
        try await write { db, log in
            try IncidentQueries.note(incident, in: db, to: log)
        }
    }

    /// Somebody has seen what went wrong so far. Returns how many things that were.
    ///
    /// - Parameter subject: nil for whatever it is about.
    @discardableResult
    public func acknowledgeIncidents(_ code: String, of subject: String?) async throws(OutboxError) -> Int {
        try await write { db, log in
            log.noteAll()
            let filter = "FROM incident WHERE code = :code AND (:subject IS NULL OR subject = :subject)"
            let arguments: StatementArguments = ["code": code, "subject": subject]
            let count = try Int.fetchOne(db, sql: "SELECT coalesce(sum(count), 0) \(filter)", arguments: arguments)
            try db.execute(sql: "DELETE \(filter)", arguments: arguments)
            return count ?? 0
        }
    }

    /// Somebody has seen the sales that are rejected now. Returns how many there were.
    @discardableResult
    public func acknowledgeRejections() async throws(OutboxError) -> Int {
        try await write { db, log in
            log.noteAll()
            try db.execute(
                sql: "UPDATE sale SET rejection_seen = 1 WHERE registration = 'rejected' AND rejection_seen = 0")
            return db.changesCount
        }
    }

    /// Somebody has seen the prints that have ended badly so far. Returns how many there were.
    ///
    /// - Parameter printer: nil for all printers.
    @discardableResult
    public func acknowledgeFailedPrints(of printer: String?) async throws(OutboxError) -> Int {
        try await write { db, log in
            log.noteAll()
            try db.execute(
                sql: """
                    UPDATE print SET failure_seen = 1
                    WHERE \(PrintQueries.endedBadly) AND (:printer IS NULL OR printer = :printer)
                    """, arguments: ["printer": printer])
            return db.changesCount
        }
    }
}

enum IncidentQueries {
    static func note(_ incident: Incident, in db: Database, to log: ChangeLog) throws {
        log.noteAll()
        try db.cachedStatement(
            sql: """
                INSERT INTO incident (code, subject, count, since, reason) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (code, subject) DO UPDATE SET
                    count = count + excluded.count, reason = coalesce(excluded.reason, reason)
                """
        ).execute(arguments: [
            incident.code, incident.subject ?? "", incident.count, incident.since.milliseconds, incident.reason,
        ])
    }
}
