import Foundation
package import GRDB
import Journey
import Sales

/// The SQL of prints; a test checks a print worker's queries against their plans.
package enum PrintQueries {
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
        SELECT printer, count(*) AS queued \(queued) WHERE state = 'queued' GROUP BY printer
        """
    static let begun = "SELECT seq FROM print INDEXED BY print_begun WHERE state = 'printing' ORDER BY seq"

    static func reroute(keeping count: Int) -> String {
        """
        UPDATE print SET printer = ? WHERE seq IN (
            SELECT seq \(queued) WHERE state = 'queued' AND printer NOT IN (\(databaseQuestionMarks(count: count))))
        """
    }

    private static let owed = """
        SELECT print.*, sale.transaction_id, sale.received_at, sale.event, sale.vat_included, sale.vat_rate, sale.rounding,
            job.buyer_change
        FROM print CROSS JOIN sale ON sale.seq = print.sale_seq
            CROSS JOIN job INDEXED BY job_of_sale ON job.sale_seq = sale.seq AND job.kind = 'registration'
        WHERE print.seq = ?
        """

    static func owedPrint(_ seq: Int64, in db: Database) throws -> OwedPrint? {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: owed), arguments: [seq]) else { return nil }
        let saleSeq: Int64 = try row.required("sale_seq")
        return OwedPrint(
            print: try row.print(), saleSeq: saleSeq, id: try row.transactionID(),
            receivedAt: try row.requiredTime("received_at"), kept: try row.keptSale(),
            registration: try SaleQueries.registration(of: saleSeq, in: db),
            invoice: try SaleInvoiceQueries.invoice(ofSale: saleSeq, in: db))
    }

    package static func row(_ seq: Int64, in db: Database) throws -> Row {
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM print WHERE seq = ?"), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such print any more") }
        return row
    }

    /// Keeps a new print, and returns it as a read would.
    static func insert(
        _ paper: SalePaper, of saleSeq: Int64, shownAhead: TimeInterval, waitsUntil: Date = .distantPast,
        priority: Priority = .till, into db: Database
    ) throws -> PrintRecord {
        try db.cachedStatement(
            sql: """
                INSERT INTO print (
                    sale_seq, id, kind, mark, copy_number, printer, moved_from, state, requested_at, aged_from,
                    waits_until, expires_at, priority)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            saleSeq, paper.number, paper.machine.kind.rawValue, paper.machine.mark.rawValue, paper.copyNumber,
            paper.printer, paper.movedFrom, paper.machine.state.rawValue, (paper.askedAt + shownAhead).milliseconds,
            paper.askedAt.milliseconds, waitsUntil.milliseconds, paper.expiresAt?.milliseconds, priority.rawValue,
        ])
        return PrintRecord(
            db.lastInsertedRowID, paper, requestedAt: paper.askedAt + shownAhead, waitsUntil: waitsUntil)
    }

    static func update(_ print: PrintRecord, to paper: SalePaper, shownAhead: TimeInterval, in db: Database) throws {
        let machine = paper.machine
        try db.cachedStatement(
            sql: """
                UPDATE print SET state = ?, with_qr = ?, confirmed_by = ?, finished_at = ?, error = ?, is_missed = ?
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, paper.withQR, machine.confirmedBy?.rawValue, machine.finishedAt?.milliseconds,
            machine.error, paper.isMissed, print.seq,
        ])
        if paper.printer != print.printer || paper.movedFrom != print.movedFrom {
            try db.cachedStatement(sql: "UPDATE print SET printer = ?, moved_from = ? WHERE seq = ?")
                .execute(arguments: [paper.printer, paper.movedFrom, print.seq])
        }
        if paper.askedAt != print.agedFrom {
            try db.cachedStatement(sql: "UPDATE print SET requested_at = ?, aged_from = ? WHERE seq = ?")
                .execute(arguments: [
                    (paper.askedAt + shownAhead).milliseconds, paper.askedAt.milliseconds, print.seq,
                ])
        }
    }
}
