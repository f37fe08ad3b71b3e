public import Foundation
import GRDB

/// One step of clearing away what the law no longer asks for.
public struct PurgeStep: Sendable, Equatable {
    public let purged: Int
    /// Where the next step begins; nil when there is nothing more to look at.
    public let next: Int64?
}

extension Outbox {
    /// Removes settled sales with their prints: registered, and no paper owed or in the printer. What is rejected or owed
    /// stays, however old.
    ///
    /// It looks at `limit` sales behind `after`, in the order of their arrival, and ends where none of those was old enough:
    /// a few that a wrong clock dated do not stop it.
    public func purgeSettled(
        receivedBefore limitDate: Date, after: Int64, limit: Int
    ) async throws(OutboxError) -> PurgeStep {
        try await write { db, log in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT seq, transaction_id, received_at, registration = 'ready' AND NOT EXISTS (
                            SELECT 1 FROM print WHERE sale_seq = sale.seq AND state IN ('queued', 'printing')) AS settled
                        FROM sale WHERE seq > ? ORDER BY seq LIMIT ?
                        """), arguments: [after, limit])
            let old = try rows.filter { try $0.requiredTime("received_at") < limitDate }
            let settled = try old.filter { try $0.required("settled") }
            // Its prints go with it: the schema says so.
            let delete = try db.cachedStatement(sql: "DELETE FROM sale WHERE seq = ?")
            for row in settled {
                try delete.execute(arguments: [try row.required("seq") as Int64])
                log.note(try row.transactionID())
            }
            let isOver = old.isEmpty || rows.count < limit
            return PurgeStep(purged: settled.count, next: isOver ? nil : try rows.last?.required("seq"))
        }
    }
}
