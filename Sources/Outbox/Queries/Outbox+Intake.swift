import Foundation
import GRDB
import Journey
public import Sales

extension Outbox {
    /// Keeps a sale, once. Returns after it is safely on disk.
    public func accept(_ new: NewSale) async throws(OutboxError) -> Acceptance {
        let canonical = Data(new.event.canonicalBytes)
        return try await write { [shownAhead, newestOfDays, slipTerms] db, log in
            let id = new.event.sale.id
            let ahead = shownAhead()
            guard let seq = try Self.insert(new, shownAhead: ahead, canonical: canonical, into: db) else {
                let kept = try Data.fetchOne(
                    db.cachedStatement(sql: "SELECT event FROM sale WHERE transaction_id = ?"), arguments: [id.text])
                return kept == canonical ? .same(try SaleQueries.record(of: id, in: db)) : .conflict
            }
            newestOfDays.add(seq, on: BangkokDay(of: new.event.sale.issuedAt).number)
            let registration = try new.registration.searching(forSaleIssuedAt: new.event.sale.issuedAt, in: db)
            let job = try JobQueries.insert(registration, of: (seq, id), arrival: new.arrival, into: db)
            let original = try Self.insertOriginal(of: new, seq, shownAhead: ahead, into: db)
            // As a read would return it: a thousand sales a second need no read.
            var record = SaleRecord(
                new, registration, shownAhead: ahead, seq: seq, job: job, prints: [original].compactMap(\.self))
            record.slips = try SlipQueries.bind(
                to: (seq, new.event), under: slipTerms, at: new.arrival.receivedAt, in: db, log: log)
            log.add(.accepted(record))
            return .new(record)
        }
    }

    /// A sale with all its prints.
    public func sale(_ id: TransactionID) async throws(OutboxError) -> SaleRecord {
        try await read { db in try SaleQueries.record(of: id, in: db) }
    }

    /// What the sale's papers and requests are made of.
    public func kept(_ id: TransactionID) async throws(OutboxError) -> KeptSale {
        try await read { db in
            let row = try Row.fetchOne(db.cachedStatement(sql: SaleQueries.kept), arguments: [id.text])
            guard let row else { throw SaleQueries.unknown(id) }
            return try row.keptSale()
        }
    }

    /// Sales, newest first.
    ///
    /// - Parameters:
    ///   - registration: only those in this state.
    ///   - before: only those that arrived before this one, by ``SaleRecord/seq``.
    public func sales(
        registration: SaleRegistration.State? = nil, before: Int64? = nil, limit: Int
    ) async throws(OutboxError) -> [SaleRecord] {
        try await read { db in
            let page: StatementArguments = ["before": before ?? .max, "limit": limit]
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: registration == nil ? SaleQueries.newest : SaleQueries.newestByRegistration),
                arguments: registration.map { page &+ ["state": $0.job.rawValue] } ?? page)
            return try rows.map { try SaleQueries.record($0, in: db) }
        }
    }

    /// The number of a sale that was not there yet; nil if its id was. To look first would cost each new sale a search.
    private static func insert(
        _ new: NewSale, shownAhead: TimeInterval, canonical: Data, into db: Database
    ) throws -> Int64? {
        let (sale, arrival) = (new.event.sale, new.arrival)
        try db.cachedStatement(
            sql: """
                INSERT INTO sale (
                    transaction_id, terminal_id, number, source, received_at, aged_from, live_until, issued_at,
                    issued_day, vat_included, vat_rate, rounding, total, vatable, exempt, vat, document_type,
                    due_on, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (transaction_id) DO NOTHING
                """
        ).execute(
            arguments: [
                sale.id.text, sale.terminalID, sale.number, arrival.source,
                (arrival.receivedAt + shownAhead).milliseconds, arrival.receivedAt.milliseconds,
                arrival.liveUntil.milliseconds, sale.issuedAt.milliseconds, BangkokDay(of: sale.issuedAt).number,
                sale.terms.vatIncluded, sale.terms.vatRate.text, sale.terms.rounding.rawValue,
                sale.totals.total.satang, sale.totals.vatable.satang, sale.totals.exempt.satang,
                sale.totals.vat.satang, sale.documentType.rawValue, sale.dueOn?.text, canonical,
            ])
        return db.changesCount > 0 ? db.lastInsertedRowID : nil
    }

    private static func insertOriginal(
        of new: NewSale, _ seq: Int64, shownAhead: TimeInterval, into db: Database
    ) throws -> PrintRecord? {
        guard let printer = new.printer else { return nil }
        let original = SalePaper(
            number: 1, machine: PrintMachine(kind: .receipt, mark: .none), printer: printer,
            askedAt: new.arrival.receivedAt)
        return try PrintQueries.insert(
            original, of: seq, shownAhead: shownAhead, waitsUntil: new.arrival.liveUntil,
            priority: new.arrival.priority, into: db)
    }
}

extension SaleRecord {
    /// A sale that was just kept, equal to what its rows give.
    fileprivate init(
        _ new: NewSale, _ registration: NewJob, shownAhead: TimeInterval, seq: Int64, job: Int64, prints: [PrintRecord]
    ) {
        let (sale, arrival) = (new.event.sale, new.arrival)
        self.init(
            seq: seq, id: sale.id, terminalID: sale.terminalID, number: sale.number, source: arrival.source,
            receivedAt: (arrival.receivedAt + shownAhead).toMilliseconds, agedFrom: arrival.receivedAt.toMilliseconds,
            issuedAt: sale.issuedAt.toMilliseconds, totals: sale.totals, documentType: sale.documentType,
            dueOn: sale.dueOn,
            registration: SaleRegistration(
                job: job, provider: registration.service,
                machine: JobMachine(registration, dueAt: arrival.receivedAt.toMilliseconds)),
            prints: prints)
    }
}
