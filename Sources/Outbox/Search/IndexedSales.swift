import GRDB

/// Sales in the order of one index, read a piece at a time.
struct IndexedSales: DescendingSales {
    /// A piece costs little more than its first row, and few filters skip as many sales.
    private static let piece = 16

    private let sql: String
    private let key: [any DatabaseValueConvertible]
    private var ahead: ArraySlice<Int64> = []
    private var isOver = false

    /// - Parameters:
    ///   - sql: one of ``SaleQueries``, which takes the key, the newest number and a limit.
    ///   - key: what the query takes before the other two.
    init(_ sql: String, _ key: any DatabaseValueConvertible...) {
        self.sql = sql
        self.key = key
    }

    mutating func next(atMost most: Int64, in db: Database) throws -> Int64? {
        ahead = ahead.drop { $0 > most }
        if ahead.isEmpty, !isOver {
            let found = try Int64.fetchAll(
                db.cachedStatement(sql: sql), arguments: StatementArguments(key + [most, Self.piece]))
            isOver = found.count < Self.piece
            ahead = found[...]
        }
        return ahead.first
    }
}
