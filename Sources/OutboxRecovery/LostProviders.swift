import GRDB
import Outbox
import Sales

/// The provider of a sale whose registration is lost: that of the registrations that were kept next to it. Another one would
/// make a second document.
struct LostProviders {
    private struct Neighbour {
        let sale: Int64
        let service: ServiceName
    }

    private let db: Database
    private let terms: RecoveryTerms
    /// The registrations around the sale that was asked about last. Whole pages are lost: many sales lie between the same two.
    private var before: Neighbour?
    private var after: Neighbour?
    private var isBegun = false
    /// For all beside which there is no registration.
    private var rest: ServiceName?

    init(_ db: Database, terms: RecoveryTerms) {
        self.db = db
        self.terms = terms
    }

    /// - Parameter sale: its number, greater than the one before.
    mutating func provider(ofSale sale: Int64) throws -> ServiceName {
        let isInSameGap = isBegun && after.map { sale < $0.sale } != false
        if !isInSameGap {
            before = try neighbour("sale_seq < ? ORDER BY sale_seq DESC", of: sale)
            after = try neighbour("sale_seq > ? ORDER BY sale_seq", of: sale)
            isBegun = true
        }
        switch (before, after) {
        case (let before?, let after?):
            if before.service != after.service, let chosen = terms.chosen { return chosen }
            return (after.sale - sale < sale - before.sale ? after : before).service
        case (let neighbour?, nil), (nil, let neighbour?): return neighbour.service
        case (nil, nil):
            let service = try rest ?? terms.chosen ?? firstKnown() ?? terms.provider
            rest = service
            return service
        }
    }

    /// One whose request was found: another is from an earlier recovery, which may have been mistaken.
    private func neighbour(_ place: String, of sale: Int64) throws -> Neighbour? {
        let sql = """
            SELECT sale_seq, service FROM job
            WHERE kind = 'registration' AND length(request) > 0 AND \(place) LIMIT 1
            """
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [sale]) else { return nil }
        return Neighbour(sale: try row.required("sale_seq"), service: try row.service())
    }

    /// A provider that anything else was owed to, or that had an account.
    private func firstKnown() throws -> ServiceName? {
        let names = try String.fetchAll(
            db,
            sql: """
                SELECT service FROM (
                    SELECT service, min(seq) AS place FROM job WHERE kind <> 'registration' GROUP BY service
                    UNION ALL SELECT service, 9223372036854775807 FROM service_account)
                ORDER BY place
                """)
        return names.map { ServiceName(rawValue: $0) }.first { terms.proofs[$0] != nil }
    }
}
