import GRDB
import Synchronization

/// For each day on which sales were issued, a number that none of its sales is newer than: a list of some years begins
/// with the right day at once. Most often it is that of its newest sale.
///
/// It is read from the database when it is first asked for, which takes some milliseconds for five years, and grows with
/// each sale from then on. It is used only on the database's queue.
final class NewestOfDays: Sendable {
    private let remembered = Mutex<[Int: Int64]?>(nil)

    /// - Returns: by ``BangkokDay/number``.
    func read(in db: Database) throws -> [Int: Int64] {
        if let known = remembered.withLock({ $0 }) { return known }
        var newest: [Int: Int64] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: SaleQueries.days)) {
            newest[try row.required("number")] = try row.required("newest")
        }
        remembered.withLock { [newest] in $0 = newest }
        return newest
    }

    /// A sale was added. If its commit fails, the number is only greater than it need be.
    func add(_ seq: Int64, on day: Int) {
        remembered.withLock { days in
            let known = days?[day] ?? seq
            days?[day] = max(known, seq)
        }
    }
}
