import GRDB

/// The sales of any of several parts of indexes.
struct UnitedSales: DescendingSales {
    private struct Part {
        /// No sale that is left in the part is newer.
        var atMost: Int64
        /// Whether that is its newest sale.
        var isExact = false
        var sales: IndexedSales
    }

    /// By their newest sale, oldest first.
    private var parts: [Part]

    /// - Parameter parts: each with a number that none of its sales is newer than.
    init(_ parts: [(atMost: Int64, sales: IndexedSales)]) {
        self.parts = parts.map { Part(atMost: $0.atMost, sales: $0.sales) }.sorted { $0.atMost < $1.atMost }
    }

    mutating func next(atMost most: Int64, in db: Database) throws -> Int64? {
        while var part = parts.last, part.atMost > most || !part.isExact {
            parts.removeLast()
            guard let newest = try part.sales.next(atMost: most, in: db) else { continue }
            (part.atMost, part.isExact) = (newest, true)
            parts.insert(part, at: parts.firstIndex { $0.atMost > newest } ?? parts.endIndex)
        }
        return parts.last?.atMost
    }
}
