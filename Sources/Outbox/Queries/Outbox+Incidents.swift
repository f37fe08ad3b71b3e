import GRDB

extension Outbox {
    /// Counts what went wrong; it is part of the figures until it is acknowledged.
    public func count(_ incident: Incident) async throws(OutboxError) {
        try await write { db, log in
            try IncidentQueries.count(incident, in: db, log: log)
        }
    }

    /// Whether there is an incident of this code that nobody has acknowledged.
    public func hasIncident(_ code: String) async throws(OutboxError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM incident WHERE code = ?)"), arguments: [code])
                ?? false
        }
    }

    /// Somebody has seen these. What was counted since then stays.
    public func acknowledge(_ incidents: [Incident]) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            for incident in incidents {
                let key: StatementArguments = [incident.code, incident.subject ?? ""]
                try db.cachedStatement(sql: "DELETE FROM incident WHERE code = ? AND subject = ? AND count <= ?")
                    .execute(arguments: key + [incident.count])
                try db.cachedStatement(sql: "UPDATE incident SET count = count - ?3 WHERE code = ?1 AND subject = ?2")
                    .execute(arguments: key + [incident.count])
            }
        }
    }

    /// Somebody has seen these rejected sales and tax invoices.
    public func acknowledge(_ rejections: OutboxFigures.Rejections) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            let seen = try db.cachedStatement(
                sql: "UPDATE job SET rejection_seen = 1 WHERE seq = ? AND state = 'rejected'")
            for seq in rejections.seqs { try seen.execute(arguments: [seq]) }
        }
    }

    /// Somebody has seen these prints that ended badly.
    public func acknowledge(_ prints: OutboxFigures.FailedPrints) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            let seen = try db.cachedStatement(
                sql: "UPDATE print SET is_missed = 0 WHERE seq = ?")
            for seq in prints.seqs { try seen.execute(arguments: [seq]) }
            let seenOfDocuments = try db.cachedStatement(sql: DocumentPrintQueries.acknowledge)
            for seq in prints.documentSeqs { try seenOfDocuments.execute(arguments: [seq]) }
        }
    }
}

enum IncidentQueries {
    static func count(_ incident: Incident, in db: Database, log: ChangeLog) throws {
        log.wake()
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
