/// A page of a list, and how to get to the ones beside it.
struct ListPage {
    let offset: Int
    let limit: Int

    init(_ query: BillgateQuery) throws(Refusal) {
        offset = try query.wholeNumber("offset", in: 0...Int.max) ?? 0
        limit = try query.wholeNumber("limit", in: 0...100) ?? 50
    }

    /// What of a list of so many is on it.
    func range(of total: Int) -> Range<Int> {
        let start = min(offset, total)
        return start..<min(total, start + limit)
    }

    /// The members beside the elements.
    func members(total: Int, step: BillgateSimulator.Leeway.PageStep) -> [String: JSONValue] {
        let rest = total - range(of: total).upperBound
        let next = step == .limit ? limit : min(rest, limit)
        let previous = min(limit, offset)
        return [
            "total": .count(total),
            "next": rest > 0 && next > 0 ? .count(next) : .null,
            "previous": previous > 0 ? .count(previous) : .null,
        ]
    }
}
