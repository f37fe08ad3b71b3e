import Foundation
import GRDB
public import Journey
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
            // As it would be read: a thousand sales a second need not be.
            let prints = new.printer == nil ? [] : try SaleQueries.prints(of: seq, in: db)
            let record = SaleRecord(new, shownAhead: ahead, seq: seq, prints: prints)
            log.note(.accepted(record))
            return .new(record)
        }
    }

    /// A sale with all its prints.
    public func sale(_ id: TransactionID) async throws(OutboxError) -> SaleRecord {
        try await read { db in try SaleQueries.record(of: id, in: db) }
    }

    /// The event as it was kept (canonical JSON), and the terms that the sale was made under.
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
        registration: RegistrationMachine.State? = nil, before: Int64? = nil, limit: Int
    ) async throws(OutboxError) -> [SaleRecord] {
        try await read { db in
            let filter = registration == nil ? "" : "registration = :state AND "
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT * FROM sale WHERE \(filter) seq < :before ORDER BY seq DESC LIMIT :limit"),
                arguments: registration.map { ["state": $0.rawValue, "before": before ?? .max, "limit": limit] }
                    ?? ["before": before ?? .max, "limit": limit])
            return try rows.map { try $0.sale(prints: SaleQueries.prints(of: try $0.required("seq"), in: db)) }
        }
    }

    private static func insert(
        _ new: NewSale, shownAhead: TimeInterval, canonical: Data, into db: Database
    ) throws -> Int64 {
        let sale = new.event.sale
        let machine = RegistrationMachine(dueAt: new.receivedAt)
        try db.cachedStatement(
            sql: """
                INSERT INTO sale (
                    transaction_id, terminal_id, number, received_at, aged_from, issued_at, vat_included, vat_rate,
                    rounding, total, vatable, exempt, vat, event, slime_data, names_its_theme, live_until, priority,
                    registration, step, next_attempt_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                sale.id.text, sale.terminalID, sale.number, (new.receivedAt + shownAhead).milliseconds,
                new.receivedAt.milliseconds, sale.issuedAt.milliseconds,
                sale.terms.vatIncluded, sale.terms.vatRate.text, sale.terms.rounding.rawValue,
                sale.totals.total.satang, sale.totals.vatable.satang, sale.totals.exempt.satang,
                sale.totals.vat.satang, canonical, Data(new.slimeData), new.event.namesItsTheme,
                new.liveUntil.milliseconds, new.priority.rawValue, machine.state.rawValue, machine.step.rawValue,
                machine.nextAttemptAt?.milliseconds,
            ])
        let seq = db.lastInsertedRowID
        guard let printer = new.printer else { return seq }
        try PrintQueries.insert(
            PrintMachine(kind: .receipt, mark: .none), of: seq, printer: printer, copyNumber: nil,
            requestedAt: new.receivedAt, shownAhead: shownAhead, waitsUntil: new.liveUntil, priority: new.priority,
            into: db)
        return seq
    }
}

extension SaleRecord {
    /// A sale that was just kept, equal to what its row gives.
    fileprivate init(_ new: NewSale, shownAhead: TimeInterval, seq: Int64, prints: [PrintRecord]) {
        let sale = new.event.sale
        self.init(
            seq: seq, id: sale.id, terminalID: sale.terminalID, number: sale.number,
            receivedAt: (new.receivedAt + shownAhead).toMilliseconds, agedFrom: new.receivedAt.toMilliseconds,
            issuedAt: sale.issuedAt.toMilliseconds, totals: sale.totals,
            registration: RegistrationMachine(dueAt: new.receivedAt.toMilliseconds), prints: prints)
    }
}

enum SaleQueries {
    static func record(of id: TransactionID, in db: Database) throws -> SaleRecord {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM sale WHERE transaction_id = ?"), arguments: [id.text])
        guard let row else { throw unknown(id) }
        return try row.sale(prints: prints(of: try row.required("seq"), in: db))
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
