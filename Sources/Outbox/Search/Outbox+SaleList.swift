extension Outbox {
    /// The sales that a filter lets through, newest first: the last that arrived comes first, whatever the filter.
    ///
    /// A sale's place in the list never changes, so parts that follow each other neither skip nor repeat one, whatever
    /// arrives meanwhile, and the `next` of one filter's list is valid for another's. A part may hold fewer than `limit`
    /// and still have a next one: only a list without `next` is at its end.
    ///
    /// - Parameter before: only sales that arrived before the one of this number.
    public func sales(
        _ filter: SaleFilter, before: Int64? = nil, limit: Int
    ) async throws(OutboxError) -> SaleList {
        try await sales(filter, before: before, limit: limit, within: SaleSearch.Limits())
    }

    func sales(
        _ filter: SaleFilter, before: Int64?, limit: Int, within limits: SaleSearch.Limits
    ) async throws(OutboxError) -> SaleList {
        if filter.isOfRegistrationsOnly {
            let found = try await sales(registration: filter.registration, before: before, limit: limit + 1)
            let sales = Array(found.prefix(limit))
            return SaleList(sales: sales, next: found.count > limit ? sales.last?.seq : nil)
        }
        var list = SaleList(next: before ?? .max)
        for _ in 0..<limits.turns {
            guard let next = list.next, list.sales.count < limit else { break }
            let missing = limit - list.sales.count
            let turn = try await read { [newestOfDays] db in
                var search = SaleSearch(filter, before: next, newestOfDays)
                return try search.turn(limit: missing, jumps: limits.jumps, in: db)
            }
            list.sales += turn.sales
            list.next = turn.next
        }
        return list
    }
}
