import GRDB

/// The sales with one property, by their numbers (``SaleRecord/seq``), newest first.
protocol DescendingSales {
    /// The newest of them that is not newer than `most`. No call asks for a newer one than the call before.
    mutating func next(atMost most: Int64, in db: Database) throws -> Int64?
}
