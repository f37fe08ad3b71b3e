/// A page of a list, and how to get to the ones beside it.
struct ListPage {
    let offset: Int
    let limit: Int
    private let leeway: BillgateSimulator.Leeway

    init(_ query: CallQuery, _ leeway: BillgateSimulator.Leeway) throws(Refusal) {
        offset = try query.wholeNumber("offset", in: 0...Int.max) ?? 0
        let limit = try query.wholeNumber("limit", in: 0...100) ?? 50
        self.limit = min(limit, leeway.lists.pageCap ?? limit)
        self.leeway = leeway
    }

    /// What of a list of so many is on it.
    func range(of total: Int) -> Range<Int> {
        let lost = offset > 0 ? leeway.lists.lostAtBorders : 0
        let start = min(min(offset, total) + lost, total)
        return start..<min(total, start + limit)
    }

    /// The members beside the elements.
    func members(total: Int) -> [String: JSONValue] {
        let rest = total - range(of: total).upperBound
        let previous = min(limit, offset)
        var members: [String: JSONValue] = [
            "next": rest > 0 && limit > 0 ? next(rest) : leeway.pageStep == .zero ? .count(0) : .null,
            "previous": previous > 0 ? .count(previous) : .null,
        ]
        switch leeway.lists.total {
        case .exact: members["total"] = .count(total)
        case .zero: members["total"] = .count(0)
        case .absent: break
        }
        return members
    }

    /// - Parameter rest: how many are behind the page
    private func next(_ rest: Int) -> JSONValue {
        switch leeway.pageStep {
        case .limit: .count(limit)
        case .rest: .count(min(rest, limit))
        case .zero: .count(0)
        case .null: .null
        case .absolute: .count(offset + limit)
        case .beyond: .count(limit + 37)
        }
    }
}
