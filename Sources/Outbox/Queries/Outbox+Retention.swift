public import Foundation
import GRDB

/// What is old enough to be purged.
public struct PurgeLimits: Sendable, Equatable {
    /// Received before, as the machine's clock showed it.
    public var receivedBefore: Date
    /// Received before, in counted time.
    public var agedBefore: Date

    public init(receivedBefore: Date, agedBefore: Date) {
        self.receivedBefore = receivedBefore
        self.agedBefore = agedBefore
    }
}

/// One step of purging what the law no longer requires.
public struct PurgeStep: Sendable, Equatable {
    public let purged: Int
    /// When the first purged sale, or slip, was received; nil if none was.
    public let first: Date?
    /// Where the next step begins; nil if nothing is left to look at.
    public let next: Int64?
}

extension Outbox {
    /// Removes settled sales with their jobs, prints and documents: every job is done, and no paper is owed or in the
    /// printer, nor any of a document. Rejected and owed sales stay, however old; a file that the archive never got keeps
    /// none.
    ///
    /// It looks at `limit` sales behind `after`, in the order of their arrival, and ends if none of those was old
    /// enough: a few that a wrong clock dated do not stop it.
    ///
    /// - Parameters:
    ///   - limits: a sale has to be old by both clocks.
    ///   - span: how much later than the first purged sale the last may have been received; beyond it the whole purge
    ///     ends.
    public func purgeSettled(
        _ limits: PurgeLimits, within span: TimeInterval, after: Int64, limit: Int
    ) async throws(OutboxError) -> PurgeStep {
        try await write { db, log in
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: RetentionQueries.step), arguments: [after, limit])
            // The schema removes its jobs, prints and documents with it.
            let delete = try db.cachedStatement(sql: "DELETE FROM sale WHERE seq = ?")
            return try RetentionQueries.purge(rows, limits, within: span, limit: limit) { row in
                try delete.execute(arguments: [try row.required("seq") as Int64])
                log.wake(.sale(try row.transactionID()))
            }
        }
    }

    /// The same for slips of which nothing is owed, whether their sales are here or not. Their images went long before.
    public func purgeSlips(
        _ limits: PurgeLimits, within span: TimeInterval, after: Int64, limit: Int
    ) async throws(OutboxError) -> PurgeStep {
        try await write { db, _ in
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: RetentionQueries.slipStep), arguments: [after, limit])
            // The schema removes the slip with its job.
            let delete = try db.cachedStatement(sql: "DELETE FROM job WHERE seq = ?")
            return try RetentionQueries.purge(rows, limits, within: span, limit: limit) { row in
                try delete.execute(arguments: [try row.required("seq") as Int64])
            }
        }
    }
}

enum RetentionQueries {
    static let step = """
        SELECT seq, transaction_id, received_at, aged_from,
            NOT EXISTS (SELECT 1 FROM job WHERE sale_seq = sale.seq AND state <> 'done' AND kind <> 'document_file')
            AND NOT EXISTS (SELECT 1 FROM print WHERE sale_seq = sale.seq AND state IN ('queued', 'printing'))
            AND NOT EXISTS (SELECT 1 FROM document_print WHERE sale_seq = sale.seq AND state IN ('queued', 'printing'))
            AS settled
        FROM sale WHERE seq > ? ORDER BY seq LIMIT ?
        """
    static let slipStep = """
        SELECT seq, received_at, aged_from, state NOT IN ('waiting', 'reading') AS settled
        FROM slip WHERE seq > ? ORDER BY seq LIMIT ?
        """

    /// Removes those of one step's rows that are old and settled.
    static func purge(
        _ rows: [Row], _ limits: PurgeLimits, within span: TimeInterval, limit: Int, _ delete: (Row) throws -> Void
    ) throws -> PurgeStep {
        let old = try rows.filter {
            try $0.requiredTime("received_at") < limits.receivedBefore
                && $0.requiredTime("aged_from") < limits.agedBefore
        }
        let settled = try old.filter { try $0.required("settled") }
        let first = try settled.first?.requiredTime("received_at")
        let purged = try settled.filter { row in
            try first.map { try row.requiredTime("received_at") <= $0 + span } ?? false
        }
        for row in purged { try delete(row) }
        let isOver = old.isEmpty || rows.count < limit || purged.count < settled.count
        return PurgeStep(purged: purged.count, first: first, next: isOver ? nil : try rows.last?.required("seq"))
    }
}
