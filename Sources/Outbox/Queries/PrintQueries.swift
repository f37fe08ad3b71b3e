import Foundation
import GRDB
import Journey
import Sales

/// The SQL of prints; a test checks a print worker's queries against their plans.
enum PrintQueries {
    private static let queued = "FROM print INDEXED BY print_queued"

    /// A longer wait than any may be was written down before the clock was put back.
    static let nextDue = """
        SELECT print.seq \(queued)
        WHERE print.state = 'queued' AND print.printer = :printer AND (
            print.waits_until <= :now OR print.waits_until > :latest OR NOT EXISTS (
                SELECT 1 FROM job INDEXED BY job_of_sale
                WHERE job.sale_seq = print.sale_seq AND job.kind = 'registration' AND job.state = 'pending'
                    AND NOT EXISTS (
                        SELECT 1 FROM service_account WHERE service = job.service AND condition <> 'up')))
        ORDER BY print.priority, print.seq LIMIT 1
        """
    static let coming = """
        SELECT seq \(queued) WHERE state = 'queued' AND printer = ? ORDER BY priority, seq LIMIT 1
        """
    static let nextWaitOver = """
        SELECT min(waits_until) AS due \(queued) WHERE printer = ? AND state = 'queued' AND waits_until > ?
        """
    static let queuedByPrinter = """
        SELECT printer, count(*) AS waiting \(queued) WHERE state = 'queued' GROUP BY printer
        """
    static let begun = "SELECT seq FROM print INDEXED BY print_begun WHERE state = 'printing' ORDER BY seq"

    private static let owed = """
        SELECT print.*, sale.transaction_id, sale.received_at, sale.event, sale.vat_included, sale.vat_rate, sale.rounding
        FROM print JOIN sale ON sale.seq = print.sale_seq WHERE print.seq = ?
        """

    /// It was owed, and ended without a known paper. An uncertain unmarked original is not among them: it is printed
    /// again by itself.
    static let endedBadly = """
        failure_seen = 0 AND (state = 'failed' OR state = 'uncertain' AND (kind <> 'receipt' OR mark <> 'none'))
        """

    static func owedPrint(_ seq: Int64, in db: Database) throws -> OwedPrint? {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: owed), arguments: [seq]) else { return nil }
        let saleSeq: Int64 = try row.required("sale_seq")
        return OwedPrint(
            print: try row.print(), saleSeq: saleSeq, id: try row.transactionID(),
            receivedAt: try row.requiredTime("received_at"), event: try row.bytes("event"), terms: try row.terms(),
            registration: try SaleQueries.registration(of: saleSeq, in: db))
    }

    static func row(_ seq: Int64, in db: Database) throws -> Row {
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM print WHERE seq = ?"), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such print any more") }
        return row
    }

    /// Writes a print's state down.
    static func note(_ print: PrintRecord, of saleSeq: Int64, in db: Database, to log: ChangeLog) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT sale.transaction_id, job.aged_from FROM \(SaleQueries.registered) WHERE sale.seq = ?"),
            arguments: [saleSeq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        log.note(.print(try row.transactionID(), print, receivedAt: try row.requiredTime("aged_from")))
    }

    static func pair(
        _ id: TransactionID, _ seq: Int64, in db: Database, to log: ChangeLog
    ) throws -> (SaleRecord, PrintRecord) {
        let pair = (try SaleQueries.record(of: id, in: db), try row(seq, in: db).print())
        log.note(.print(id, pair.1, receivedAt: pair.0.agedFrom))
        return pair
    }

    /// A paper that came out replaces the failed ones before it: nobody needs to attend to them any more.
    static func makeUp(for print: PrintRecord, of saleSeq: Int64, in db: Database) throws {
        guard print.id > 1 else { return }
        try db.cachedStatement(
            sql: """
                UPDATE print SET failure_seen = 1
                WHERE sale_seq = ? AND id < ? AND \(endedBadly) AND ? IN ('receipt', 'copy', kind)
                """
        ).execute(arguments: [saleSeq, print.id, print.machine.kind.rawValue])
    }

    /// - Parameters:
    ///   - requestedAt: in counted time, like the two that follow.
    ///   - shownAhead: seconds by which the machine's clock is ahead of it.
    static func insert(
        _ machine: PrintMachine, of saleSeq: Int64, printer: String, copyNumber: Int? = nil, requestedAt: Date,
        shownAhead: TimeInterval, waitsUntil: Date = .distantPast, expiresAt: Date? = nil, priority: Priority = .till,
        into db: Database
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO print (
                    sale_seq, id, kind, mark, copy_number, printer, state, requested_at, aged_from, waits_until,
                    expires_at, priority)
                VALUES (
                    :sale, (SELECT coalesce(max(id), 0) + 1 FROM print WHERE sale_seq = :sale), :kind, :mark, :copy,
                    :printer, :state, :requested, :aged, :waits, :expires, :priority)
                """
        ).execute(arguments: [
            "sale": saleSeq, "kind": machine.kind.rawValue, "mark": machine.mark.rawValue, "copy": copyNumber,
            "printer": printer, "state": machine.state.rawValue, "requested": (requestedAt + shownAhead).milliseconds,
            "aged": requestedAt.milliseconds,
            "waits": waitsUntil.milliseconds, "expires": expiresAt?.milliseconds, "priority": priority.rawValue,
        ])
    }

    /// Sends an original that is not out yet to another printer, and queues one that was given up again. One that is
    /// being printed stays where it is.
    static func redirect(
        _ original: PrintRecord, to printer: String, at now: Date, shownAhead: TimeInterval, in db: Database
    )
        throws
    {
        var machine = original.machine
        guard machine.state != .printing else { return }
        if machine.state != .queued {
            do { try machine.apply(.requeued) } catch { throw OutboxError(.conflict, "\(error)") }
            try update(original.seq, to: machine, withQR: original.withQR, in: db)
        }
        try db.cachedStatement(sql: "UPDATE print SET printer = ?, requested_at = ?, aged_from = ? WHERE seq = ?")
            .execute(arguments: [printer, (now + shownAhead).milliseconds, now.milliseconds, original.seq])
    }

    static func move(_ seq: Int64, to printer: String, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE print SET moved_from = printer, printer = ? WHERE seq = ?")
            .execute(arguments: [printer, seq])
    }

    static func update(_ seq: Int64, to machine: PrintMachine, withQR: Bool, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE print SET state = ?, with_qr = ?, confirmed_by = ?, finished_at = ?, error = ?, failure_seen = 0
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, withQR, machine.confirmedBy?.rawValue, machine.finishedAt?.milliseconds,
            machine.error, seq,
        ])
    }
}
