package import GRDB
import Journey
import Sales

/// The SQL of prints of documents; a test checks it against its query plan.
package enum DocumentPrintQueries {
    private static let columns = """
        document_print.seq, document_print.id, document_print.document_id, document_print.printer, document_print.state,
        document_print.confirmed_by, document_print.requested_at, document_print.aged_from, document_print.finished_at,
        document_print.error, sale.transaction_id
        """

    static let insert = """
        INSERT INTO document_print (sale_seq, id, document_id, printer, state, requested_at, aged_from)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    static let keepFile = "INSERT INTO document_print_file (print_seq, pdf) VALUES (?, ?)"
    static let next = """
        SELECT \(columns), document_print_file.pdf FROM document_print INDEXED BY document_print_queued
            CROSS JOIN sale ON sale.seq = document_print.sale_seq
            CROSS JOIN document_print_file ON document_print_file.print_seq = document_print.seq
        WHERE document_print.printer = ? AND document_print.state = 'queued' ORDER BY document_print.seq LIMIT 1
        """
    package static let one = """
        SELECT \(columns) FROM document_print CROSS JOIN sale ON sale.seq = document_print.sale_seq
        WHERE document_print.seq = ?
        """
    static let ofSale = """
        SELECT \(columns) FROM sale CROSS JOIN document_print ON document_print.sale_seq = sale.seq
        WHERE sale.transaction_id = ? ORDER BY document_print.id
        """
    static let begun = "SELECT seq FROM document_print INDEXED BY document_print_begun WHERE state = 'printing'"
    static let queuedElsewhere = """
        SELECT seq, printer FROM document_print INDEXED BY document_print_queued WHERE state = 'queued' AND printer <> ?
        """
    static let queuedOn = """
        SELECT count(*) FROM document_print INDEXED BY document_print_queued WHERE state = 'queued' AND printer = ?
        """
    static let queued = """
        SELECT printer, count(*) AS queued, min(aged_from) AS oldest
        FROM document_print INDEXED BY document_print_queued WHERE state = 'queued' GROUP BY printer
        """

    static let inHand = """
        SELECT printer, 0 AS queued, aged_from AS oldest FROM document_print INDEXED BY document_print_begun
        WHERE state = 'printing'
        """

    static let acknowledge = "UPDATE document_print SET is_missed = 0 WHERE seq = ?"

    /// A paper that comes out replaces those of the same document before it that failed.
    static let madeUp = """
        UPDATE document_print SET is_missed = 0
        WHERE sale_seq = (SELECT seq FROM sale WHERE transaction_id = ?) AND id < ? AND document_id = ? AND is_missed = 1
        """

    static func print(_ seq: Int64, in db: Database) throws -> DocumentPrint {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [seq]) else {
            throw OutboxError(.notFound, "there is no such print any more")
        }
        return try row.documentPrint()
    }

    static func prints(of id: TransactionID, in db: Database) throws -> [DocumentPrint] {
        try Row.fetchAll(db.cachedStatement(sql: ofSale), arguments: [id.text]).map { try $0.documentPrint() }
    }

    static func queued(on printer: String, in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: queuedOn), arguments: [printer]) ?? 0
    }

    @discardableResult
    static func apply(
        _ event: PrintMachine.Event, to seq: Int64, in db: Database, log: ChangeLog
    ) throws -> DocumentPrint {
        let print = try print(seq, in: db)
        var machine = print.machine
        do { try machine.apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
        try db.cachedStatement(
            sql: """
                UPDATE document_print SET state = ?, confirmed_by = ?, finished_at = ?, error = ?, is_missed = ?
                WHERE seq = ?
                """
        ).execute(arguments: [
            machine.state.rawValue, machine.confirmedBy?.rawValue, machine.finishedAt?.milliseconds, machine.error,
            machine.endedBadly, seq,
        ])
        if machine.finishedAt != nil {
            try db.cachedStatement(sql: "DELETE FROM document_print_file WHERE print_seq = ?").execute(arguments: [seq])
        }
        if machine.state == .printed {
            try db.cachedStatement(sql: madeUp).execute(arguments: [print.sale.text, print.id, print.document.text])
        }
        let moved = try Self.print(seq, in: db)
        log.add(.documentPrint(moved))
        return moved
    }
}

extension Row {
    /// From a row that was read with the columns of ``DocumentPrintQueries``.
    package func documentPrint() throws -> DocumentPrint {
        guard let document = DocumentID(try required("document_id")) else {
            throw OutboxError(.query, "a row has an unreadable document_id: was the database edited by hand?")
        }
        return DocumentPrint(
            seq: try required("seq"), id: try required("id"), sale: try transactionID(), document: document,
            printer: try required("printer"), requestedAt: try requiredTime("requested_at"),
            agedFrom: try requiredTime("aged_from"),
            machine: PrintMachine(
                kind: .copy, mark: .none, state: try named("state"),
                confirmedBy: try (optional("confirmed_by") as String?).map { _ in try named("confirmed_by") },
                finishedAt: try time("finished_at"), error: try optional("error")))
    }
}
