import Foundation
import GRDB
import Journey
public import Sales

extension Outbox {
    /// Keeps a sale, once. Returns after it is safely on disk.
    public func accept(_ new: NewSale) async throws(OutboxError) -> Acceptance {
        let canonical = Data(new.event.canonicalBytes)
        return try await write { [shownAhead] db, log in
            let id = new.event.sale.id
            if let kept = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT event FROM sale WHERE transaction_id = ?"), arguments: [id.text])
            {
                guard try kept.bytes("event").elementsEqual(canonical) else { return .conflict }
                return .same(try SaleQueries.record(of: id, in: db))
            }
            let ahead = shownAhead()
            let seq = try Self.insert(new, shownAhead: ahead, canonical: canonical, into: db)
            let job = try JobQueries.insert(new.registration, of: (seq, id), arrival: new.arrival, into: db)
            let original = try Self.insertOriginal(of: new, seq, shownAhead: ahead, into: db)
            // As a read would return it: a thousand sales a second need no read.
            let record = SaleRecord(
                new, shownAhead: ahead, seq: seq, job: job, prints: [original].compactMap(\.self))
            log.note(.accepted(record))
            return .new(record)
        }
    }

    /// A sale with all its prints.
    public func sale(_ id: TransactionID) async throws(OutboxError) -> SaleRecord {
        try await read { db in try SaleQueries.record(of: id, in: db) }
    }

    /// The stored event (canonical JSON), and the terms under which the sale was made.
    public func event(of id: TransactionID) async throws(OutboxError) -> (event: [UInt8], terms: SaleTerms) {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT event, vat_included, vat_rate, rounding FROM sale WHERE transaction_id = ?"),
                arguments: [id.text])
            guard let row else { throw SaleQueries.unknown(id) }
            return (try row.bytes("event"), try row.terms())
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
            return try rows.map { try $0.sale(prints: SaleQueries.prints(of: try $0.required("seq"), in: db)) }
        }
    }

    private static func insert(
        _ new: NewSale, shownAhead: TimeInterval, canonical: Data, into db: Database
    ) throws -> Int64 {
        let (sale, arrival) = (new.event.sale, new.arrival)
        try db.cachedStatement(
            sql: """
                INSERT INTO sale (
                    transaction_id, terminal_id, number, source, received_at, aged_from, live_until, issued_at,
                    vat_included, vat_rate, rounding, total, vatable, exempt, vat, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                sale.id.text, sale.terminalID, sale.number, arrival.source,
                (arrival.receivedAt + shownAhead).milliseconds, arrival.receivedAt.milliseconds,
                arrival.liveUntil.milliseconds, sale.issuedAt.milliseconds,
                sale.terms.vatIncluded, sale.terms.vatRate.text, sale.terms.rounding.rawValue,
                sale.totals.total.satang, sale.totals.vatable.satang, sale.totals.exempt.satang,
                sale.totals.vat.satang, canonical,
            ])
        return db.lastInsertedRowID
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
    fileprivate init(_ new: NewSale, shownAhead: TimeInterval, seq: Int64, job: Int64, prints: [PrintRecord]) {
        let (sale, arrival) = (new.event.sale, new.arrival)
        self.init(
            seq: seq, id: sale.id, terminalID: sale.terminalID, number: sale.number, source: arrival.source,
            receivedAt: (arrival.receivedAt + shownAhead).toMilliseconds, agedFrom: arrival.receivedAt.toMilliseconds,
            issuedAt: sale.issuedAt.toMilliseconds, totals: sale.totals,
            registration: SaleRegistration(
                job: job, provider: new.registration.service,
                machine: JobMachine(dueAt: arrival.receivedAt.toMilliseconds)),
            prints: prints)
    }
}

/// The SQL of sales as they are shown; a test checks it against its query plan.
enum SaleQueries {
    /// Every sale has one registration.
    static let registered = """
        sale CROSS JOIN job INDEXED BY job_of_sale ON job.sale_seq = sale.seq AND job.kind = 'registration'
        """
    /// Its age is its job's, which is corrected if more time has passed than was counted.
    private static let columns = """
        SELECT sale.seq, sale.transaction_id, sale.terminal_id, sale.number, sale.source, sale.received_at, sale.issued_at,
            sale.total, sale.vatable, sale.exempt, sale.vat, job.aged_from, \(JobQueries.columns)
        """

    static let one = "\(columns) FROM \(registered) WHERE sale.transaction_id = ?"
    static let numbered = "\(columns) FROM \(registered) WHERE sale.seq = ?"
    static let newest = "\(columns) FROM \(registered) WHERE sale.seq < :before ORDER BY sale.seq DESC LIMIT :limit"
    static let newestByRegistration = """
        \(columns) FROM job INDEXED BY job_registration CROSS JOIN sale ON sale.seq = job.sale_seq
        WHERE job.kind = 'registration' AND job.state = :state AND job.sale_seq < :before
        ORDER BY job.sale_seq DESC LIMIT :limit
        """

    static func record(of id: TransactionID, in db: Database) throws -> SaleRecord {
        let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [id.text])
        guard let row else { throw unknown(id) }
        return try row.sale(prints: prints(of: try row.required("seq"), in: db))
    }

    static func record(_ seq: Int64, in db: Database) throws -> SaleRecord {
        let row = try Row.fetchOne(db.cachedStatement(sql: numbered), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        return try row.sale(prints: prints(of: seq, in: db))
    }

    static func registration(of saleSeq: Int64, in db: Database) throws -> SaleRegistration {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT \(JobQueries.columns) FROM job WHERE sale_seq = ? AND kind = 'registration'"),
            arguments: [saleSeq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        return try row.registration()
    }

    static func prints(of saleSeq: Int64, in db: Database) throws -> [PrintRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM print WHERE sale_seq = ? ORDER BY id"), arguments: [saleSeq]
        ).map { try $0.print() }
    }

    static func unknown(_ id: TransactionID) -> OutboxError {
        OutboxError(.notFound, "there is no sale \(id.text)")
    }
}
