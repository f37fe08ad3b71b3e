public import Foundation
import GRDB
import Journey
public import Sales

// The images of slips, which stay no longer than they are needed.
extension Outbox {
    /// Slips of which nothing is owed since before `limit`, in counted time, and whose images are still there.
    public func imagesToRemove(endedBefore limit: Date, atMost count: Int) async throws(OutboxError) -> [SlipRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: SlipImageQueries.due), arguments: [limit.milliseconds, count]
            ).map { try $0.slip() }
        }
    }

    /// Slips that came before `limit`, in counted time, whose images are still there and are owed a reading.
    public func owedImages(takenBefore limit: Date, atMost count: Int) async throws(OutboxError) -> [SlipRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: SlipImageQueries.owed), arguments: [limit.milliseconds, count]
            ).map { try $0.slip() }
        }
    }

    /// The image of a slip is gone.
    public func imageRemoved(_ id: SlipID) async throws(OutboxError) -> SlipRecord {
        try await write { db, log in
            try db.cachedStatement(sql: "UPDATE slip SET image_removed = 1 WHERE id = ?").execute(arguments: [id.text])
            let slip = try SlipQueries.slip(id, in: db)
            log.add(.slip(slip, from: slip.state))
            return slip
        }
    }

    /// The image of a slip is there again, and stays as long as a new one.
    public func imageKept(_ id: SlipID, at now: Date) async throws(OutboxError) -> SlipRecord {
        try await write { db, log in
            try db.cachedStatement(sql: SlipImageQueries.keep).execute(arguments: [
                "now": now.milliseconds, "id": id.text,
            ])
            let slip = try SlipQueries.slip(id, in: db)
            log.add(.slip(slip, from: slip.state))
            return slip
        }
    }

    /// Whether images may be of slips that another database knew: it is lost, and may be read yet.
    public func mayHaveLostSlips() async throws(OutboxError) -> Bool {
        try await read { db in try LossQueries.isAfterLoss(in: db) }
    }

    /// Those files of the folder of slips that belong to no slip, or to one whose image was to go.
    public func strayImages(among names: [String]) async throws(OutboxError) -> [String] {
        try await read { db in
            try names.filter { name in
                let isKept = try Bool.fetchOne(
                    db.cachedStatement(sql: SlipImageQueries.isKept),
                    arguments: [name.prefix { $0 != "." }.description])
                return isKept != true
            }
        }
    }
}

enum SlipImageQueries {
    static let due = """
        \(SlipQueries.columns)
        FROM slip INDEXED BY slip_image CROSS JOIN job ON job.seq = slip.seq
        WHERE slip.image_removed = 0 AND slip.ended_at IS NOT NULL AND slip.ended_at < ?
        ORDER BY slip.ended_at LIMIT ?
        """
    static let owed = """
        \(SlipQueries.columns)
        FROM slip INDEXED BY slip_state CROSS JOIN job ON job.seq = slip.seq
        WHERE slip.state IN ('waiting', 'reading') AND slip.image_removed = 0 AND slip.aged_from < ? LIMIT ?
        """
    static let keep = """
        UPDATE slip SET image_removed = 0, ended_at = CASE WHEN ended_at IS NOT NULL THEN :now END WHERE id = :id
        """
    static let isKept = "SELECT EXISTS (SELECT 1 FROM slip WHERE id = ? AND image_removed = 0)"
}
