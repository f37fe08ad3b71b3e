package import Foundation
package import GRDB
package import Sales

/// What a database before this one may have had. A sale of its may be handed in again, and may have been made already.
package enum LossQueries {
    /// A till's clock may be ahead by so much.
    static let margin: TimeInterval = 300
    private static let lossRow: Int64 = 1
    private static let birthRow: Int64 = 2
    private static let times = "SELECT id, at FROM loss"

    package static func record(_ birth: DatabaseBirth, in db: Database) throws {
        // A till may leave out fractions of a second.
        let second = Date(timeIntervalSince1970: birth.at.timeIntervalSince1970.rounded(.down))
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO loss (id, at) VALUES (?, ?)")
            .execute(arguments: [birth.isLoss ? lossRow : birthRow, second.milliseconds])
    }

    /// Whether this database took the place of one whose rows, or some of them, are lost.
    static func isAfterLoss(in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM loss WHERE id = ?)"), arguments: [lossRow]) ?? false
    }

    /// The search that comes before a sale is made, because a database before this one may have had it; nil if none did.
    ///
    /// Where nothing is known of another database, one look is enough: what it may have had was made a while ago, so that the
    /// provider lists it. The first day of a shop costs that much for sales from before it, and nothing for those after.
    package static func search(forSaleIssuedAt issuedAt: Date, in db: Database) throws -> JobSearch? {
        var search: JobSearch?
        for row in try Row.fetchAll(db.cachedStatement(sql: times)) {
            let at = try row.requiredTime("at")
            let id: Int64 = try row.required("id")
            if id == lossRow {
                if issuedAt < at + margin { return JobSearch() }
            } else if issuedAt < at {
                search = JobSearch(absences: JobSearch.absencesBeforeRepeat - 1)
            }
        }
        return search
    }
}

extension NewJob {
    /// The same, with the search that comes first at a service that cannot tell a repeat.
    func searching(forSaleIssuedAt issuedAt: Date, in db: Database) throws -> NewJob {
        var job = self
        job.search = try tellsRepeats ? nil : LossQueries.search(forSaleIssuedAt: issuedAt, in: db)
        return job
    }
}
