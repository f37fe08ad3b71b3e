import Sales

/// Whether the pages of a list rise or fall from its beginning to its end, as far as they show. The API's page says nothing of
/// an order.
enum ListOrder: Sendable, Equatable {
    case rising, falling

    /// nil if the values do neither, or are all the same.
    init?<Value>(of values: [Value], by precedes: (Value, Value) -> Bool) {
        let pairs = Array(zip(values, values.dropFirst()))
        let (rises, falls) = (pairs.contains { precedes($0, $1) }, pairs.contains { precedes($1, $0) })
        guard rises != falls else { return nil }
        self = rises ? .rising : .falling
    }

    /// By the day of issue; nil also if a document shows none.
    init?(ofDaysIn pages: [DocumentPage]) {
        let days = pages.flatMap(\.documents).map(\.issueDay)
        let known = days.compactMap(\.self)
        guard known.count == days.count else { return nil }
        self.init(of: known, by: <)
    }

    /// By the number, byte by byte.
    init?(ofNumbersIn pages: [DocumentPage]) {
        let numbers = pages.flatMap(\.documents).map { $0.number ?? "" }
        self.init(of: numbers) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
