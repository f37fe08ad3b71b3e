public import Foundation
import GRDB
public import Journey
public import Sales

// Documents on their way to paper.
extension Outbox {
    /// Queues a print of a document, with its bytes.
    public func printDocument(
        _ id: DocumentID, of sale: TransactionID, pdf: [UInt8], on printer: String, at now: Date
    ) async throws(OutboxError) -> DocumentPrint {
        let pdf = Data(pdf)
        return try await write { [shownAhead] db, log in
            let sale = try SaleQueries.record(of: sale, in: db)
            let number = try Int.fetchOne(
                db.cachedStatement(sql: DocumentPrintQueries.lastNumber), arguments: [sale.seq])
            try db.cachedStatement(sql: DocumentPrintQueries.insert).execute(arguments: [
                sale.seq, (number ?? 0) + 1, id.text, printer, PrintMachine.State.queued.rawValue,
                (now + shownAhead()).milliseconds, now.milliseconds, pdf,
            ])
            log.wake(.prints(on: printer))
            log.wake(.sale(sale.id))
            return try DocumentPrintQueries.print(db.lastInsertedRowID, in: db)
        }
    }

    /// The print of a document that the printer does next; nil if none waits.
    public func nextDocumentPrint(on printer: String) async throws(OutboxError) -> OwedDocumentPrint? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: DocumentPrintQueries.next), arguments: [printer]).map {
                OwedDocumentPrint(print: try $0.documentPrint(), pdf: try $0.bytes("pdf"))
            }
        }
    }

    /// Moves a print of a document on. Its bytes are gone once it is over.
    @discardableResult
    public func apply(
        _ event: PrintMachine.Event, toDocumentPrint seq: Int64
    ) async throws(OutboxError) -> DocumentPrint {
        try await write { [shownAhead] db, log in
            try DocumentPrintQueries.apply(event.shown(ahead: shownAhead()), to: seq, in: db, log: log)
        }
    }

    /// The prints of a sale's documents, in the order in which they were asked for.
    public func documentPrints(of id: TransactionID) async throws(OutboxError) -> [DocumentPrint] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: DocumentPrintQueries.ofSale), arguments: [id.text]).map {
                try $0.documentPrint()
            }
        }
    }

    /// Ends prints of documents that wait at a printer that is not there any more: no other takes a whole page. Returns
    /// how many.
    public func failDocumentPrints(notOn printer: String?, at now: Date) async throws(OutboxError) -> Int {
        try await write { [shownAhead] db, log in
            let waiting = try Row.fetchAll(
                db.cachedStatement(sql: DocumentPrintQueries.queuedElsewhere), arguments: [printer ?? ""])
            for row in waiting {
                let reason = "the printer \(try row.required("printer") as String) prints no documents any more"
                let event = PrintMachine.Event.failed(reason: reason, at: now).shown(ahead: shownAhead())
                try DocumentPrintQueries.apply(event, to: try row.required("seq"), in: db, log: log)
            }
            return waiting.count
        }
    }
}

/// The SQL of prints of documents; a test checks it against its query plan.
enum DocumentPrintQueries {
    private static let columns = """
        document_print.seq, document_print.id, document_print.document_id, document_print.printer, document_print.state,
        document_print.confirmed_by, document_print.requested_at, document_print.aged_from, document_print.finished_at,
        document_print.error, sale.transaction_id
        """

    static let lastNumber = "SELECT max(id) FROM document_print WHERE sale_seq = ?"
    static let insert = """
        INSERT INTO document_print (sale_seq, id, document_id, printer, state, requested_at, aged_from, pdf)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let next = """
        SELECT \(columns), document_print.pdf FROM document_print INDEXED BY document_print_queued
            CROSS JOIN sale ON sale.seq = document_print.sale_seq
        WHERE document_print.printer = ? AND document_print.state = 'queued' ORDER BY document_print.seq LIMIT 1
        """
    static let one = """
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
    static let queued = """
        SELECT printer, count(*) AS queued, min(aged_from) AS oldest
        FROM document_print INDEXED BY document_print_queued WHERE state = 'queued' GROUP BY printer
        """

    static let inHand = """
        SELECT printer, 0 AS queued, aged_from AS oldest FROM document_print INDEXED BY document_print_begun
        WHERE state = 'printing'
        """

    static func print(_ seq: Int64, in db: Database) throws -> DocumentPrint {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [seq]) else {
            throw OutboxError(.notFound, "there is no such print any more")
        }
        return try row.documentPrint()
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
                UPDATE document_print SET state = ?1, confirmed_by = ?2, finished_at = ?3, error = ?4,
                    pdf = CASE WHEN ?3 IS NULL THEN pdf END
                WHERE seq = ?5
                """
        ).execute(arguments: [
            machine.state.rawValue, machine.confirmedBy?.rawValue, machine.finishedAt?.milliseconds, machine.error, seq,
        ])
        log.wake(.sale(print.sale))
        if machine.state == .queued { log.wake(.prints(on: print.printer)) }
        return try Self.print(seq, in: db)
    }
}

extension Row {
    /// From a row that was read with the columns of ``DocumentPrintQueries``.
    fileprivate func documentPrint() throws -> DocumentPrint {
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
