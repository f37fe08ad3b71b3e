public import Foundation
import GRDB
public import Journey

extension Outbox {
    /// The last stored counted time; nil in a new database, and if it was lost.
    public func keptTime() async throws(OutboxError) -> TimeMark? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM clock").map { row in
                let proof = try row.time("proof_counted").flatMap { counted in
                    try row.time("proof_shown").map { TimeMark.Proof(counted: counted, shown: $0) }
                }
                return TimeMark(
                    counted: try row.requiredTime("counted"), bootID: try row.optional("boot_id"),
                    sinceBoot: .milliseconds(try row.required("since_boot") as Int64), proof: proof,
                    isOpen: try row.required("is_open"))
            }
        }
    }

    /// Stores counted time for the next run.
    public func keepTime(_ mark: TimeMark) async throws(OutboxError) {
        try await write { db, _ in try Self.keep(mark, in: db) }
    }

    private static func keep(_ mark: TimeMark, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO clock (
                    id, counted, boot_id, since_boot, proof_counted, proof_shown, is_open)
                VALUES (1, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            mark.counted.milliseconds, mark.bootID, Int64(mark.sinceBoot / .milliseconds(1)),
            mark.proof?.counted.milliseconds, mark.proof?.shown.milliseconds, mark.isOpen,
        ])
    }

    /// When the newest sale was received, by both clocks; nil if there is none.
    public func newestSale() async throws(OutboxError) -> TimeMark.Proof? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT aged_from, received_at FROM sale ORDER BY seq DESC LIMIT 1").map {
                .init(counted: try $0.requiredTime("aged_from"), shown: try $0.requiredTime("received_at"))
            }
        }
    }

    /// Makes what is owed from before `start` older by `seconds`: more time had passed until then than was counted. In
    /// one commit with the mark.
    public func age(
        by seconds: TimeInterval, before start: Date, keeping mark: TimeMark
    ) async throws(OutboxError) {
        try await write { db, log in
            log.wakeAll()
            try Self.keep(mark, in: db)
            let more = Int64((seconds * 1_000).rounded())
            let arguments: StatementArguments = ["more": more, "start": start.milliseconds]
            for owed in [JobQueries.pending, JobQueries.withQueuedPrints] {
                try db.execute(
                    sql: """
                        UPDATE job SET aged_from = aged_from - :more, live_until = live_until - :more,
                            ended_at = ended_at - :more
                        WHERE aged_from <= :start AND seq IN (\(owed))
                        """, arguments: arguments)
            }
            try db.execute(
                sql: """
                    UPDATE print SET aged_from = aged_from - :more, waits_until = waits_until - :more,
                        expires_at = expires_at - :more
                    WHERE aged_from <= :start AND seq IN (SELECT seq FROM print INDEXED BY print_queued WHERE state = 'queued')
                    """, arguments: arguments)
            try db.execute(
                sql: "UPDATE service_account SET since = since - :more WHERE since <= :start", arguments: arguments)
            try db.execute(
                sql: "UPDATE keyed_request SET begun_at = begun_at - :more WHERE begun_at <= :start",
                arguments: arguments)
        }
    }
}
