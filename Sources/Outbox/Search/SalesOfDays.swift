import GRDB

/// The sales that were issued from one day to another.
struct SalesOfDays: DescendingSales {
    private let first: Int
    private let last: Int
    private let newestOfDays: NewestOfDays
    private var days: UnitedSales?

    /// - Parameters: days as ``BangkokDay/number``; nil for no end.
    init(from first: Int?, to last: Int?, _ newestOfDays: NewestOfDays) {
        self.first = first ?? .min
        self.last = last ?? .max
        self.newestOfDays = newestOfDays
    }

    /// Most sales arrive on the day of their issue, so the next one in the list is usually right; only if it is not,
    /// the days are searched.
    mutating func next(atMost most: Int64, in db: Database) throws -> Int64? {
        if try Bool.fetchOne(db.cachedStatement(sql: SaleQueries.isOfDays), arguments: [most, first, last]) == true {
            return most
        }
        if days == nil {
            let newest = try newestOfDays.read(in: db).filter { first <= $0.key && $0.key <= last }
            days = UnitedSales(newest.map { (atMost: $0.value, sales: IndexedSales(SaleQueries.ofDay, $0.key)) })
        }
        return try days?.next(atMost: most, in: db)
    }
}
