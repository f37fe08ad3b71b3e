import GRDB
import Journey
import Sales

/// Finds the sales that several conditions let through, newest first.
///
/// Each condition has an index that holds its sales in the order of their arrival. The search goes down all of them
/// together: each in turn jumps to its next sale that is not newer than where the others are, and a sale on which all
/// agree is found. So neither a scan nor a sort is needed for any combination.
struct SaleSearch {
    /// What one search may cost. Only conditions that hardly ever agree come near the end of it, such as a till beside
    /// the thousands of rejected sales of another one.
    struct Limits {
        /// Jumps a turn on the database's queue, where every sale waits for it: some milliseconds.
        var jumps = 1_024
        var turns = 32
    }

    private var conditions: [any DescendingSales] = []
    /// The newest number that is still to be looked at.
    private var most: Int64

    /// - Parameter before: only sales that arrived before the one of this number.
    init(_ filter: SaleFilter, before: Int64, _ newestOfDays: NewestOfDays) {
        most = before - 1
        if let number = filter.number {
            let parts = [SaleQueries.ofNumber, SaleQueries.ofIDAsNumber].map { IndexedSales($0, number) }
            conditions.append(UnitedSales(parts.map { (atMost: .max, sales: $0) }))
        }
        if let terminal = filter.terminalID { conditions.append(IndexedSales(SaleQueries.ofTerminal, terminal)) }
        if let state = filter.registration {
            conditions.append(Self.registrations(state, at: filter.providers))
        }
        if conditions.isEmpty { conditions.append(IndexedSales(SaleQueries.all)) }
        if filter.from != nil || filter.to != nil {
            conditions.append(SalesOfDays(from: filter.from?.number, to: filter.to?.number, newestOfDays))
        }
    }

    private static func registrations(
        _ state: SaleRegistration.State, at providers: [ServiceName]?
    ) -> any DescendingSales {
        let state = state.job.rawValue
        guard let providers else { return IndexedSales(SaleQueries.ofRegistration, state) }
        return UnitedSales(
            providers.map { (atMost: .max, sales: IndexedSales(SaleQueries.ofProvider, state, $0.rawValue)) })
    }

    /// What one turn finds: at most `limit` sales, and fewer if it ends after so many jumps.
    mutating func turn(limit: Int, jumps: Int, in db: Database) throws -> SaleList {
        var found: [Int64] = []
        var agreeing = 0
        for jump in 0..<jumps {
            guard let seq = try conditions[jump % conditions.count].next(atMost: most, in: db) else {
                return try Self.list(found, next: nil, in: db)
            }
            agreeing = seq == most ? agreeing + 1 : 1
            most = seq
            guard agreeing == conditions.count else { continue }
            // One more than asked for: the list goes on.
            if found.count == limit { return try Self.list(found, next: found.last, in: db) }
            found.append(seq)
            (agreeing, most) = (0, seq - 1)
        }
        return try Self.list(found, next: most + 1, in: db)
    }

    private static func list(_ found: [Int64], next: Int64?, in db: Database) throws -> SaleList {
        SaleList(sales: try found.map { try SaleQueries.shown($0, in: db) }, next: next)
    }
}
