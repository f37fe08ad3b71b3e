public import Foundation
package import GRDB
import Sales

extension Outbox {
    /// This database takes the place of one whose sales, or some of them, are lost. A sale that was issued before may be handed
    /// in again, and may have been made already.
    public func recordLoss(at now: Date) async throws(OutboxError) {
        try await write { [shownAhead] db, _ in try LossQueries.record(at: now + shownAhead(), in: db) }
    }
}

package enum LossQueries {
    /// A till's clock may be ahead by so much.
    static let margin: TimeInterval = 300
    static let time = "SELECT at FROM loss"

    /// - Parameter shown: as the machine's clock shows it.
    package static func record(at shown: Date, in db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO loss (id, at) VALUES (1, ?)")
            .execute(arguments: [shown.milliseconds])
    }

    /// Whether a lost database may have had the sale.
    static func mayHave(_ sale: Sale, in db: Database) throws -> Bool {
        guard let time = try Row.fetchOne(db.cachedStatement(sql: time))?.requiredTime("at") else { return false }
        return sale.issuedAt < time + margin
    }
}
