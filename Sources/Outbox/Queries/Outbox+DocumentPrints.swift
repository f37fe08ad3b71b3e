public import Foundation
import GRDB
public import Journey
public import Sales

// Documents on their way to paper.
extension Outbox {
    /// Most prints of documents that wait for one printer: their bytes are in the database of the sales.
    public static let mostDocumentPrints = 20

    /// Queues a print of a document, with its bytes.
    ///
    /// - Returns: The print of this document that is under way, if there is one: nothing is queued then. Nil if
    ///   ``mostDocumentPrints`` wait for the printer already.
    public func printDocument(
        _ id: DocumentID, of sale: TransactionID, pdf: [UInt8], on printer: String, at now: Date
    ) async throws(OutboxError) -> DocumentPrint? {
        let pdf = Data(pdf)
        return try await write { [shownAhead] db, log in
            let sale = try SaleQueries.record(of: sale, in: db)
            let prints = try DocumentPrintQueries.prints(of: sale.id, in: db)
            if let present = prints.last(where: { $0.document == id && $0.isUnderWay }) { return present }
            guard try DocumentPrintQueries.queued(on: printer, in: db) < Self.mostDocumentPrints else { return nil }
            try db.cachedStatement(sql: DocumentPrintQueries.insert).execute(arguments: [
                sale.seq, (prints.last?.id ?? 0) + 1, id.text, printer, PrintMachine.State.queued.rawValue,
                (now + shownAhead()).milliseconds, now.milliseconds,
            ])
            let seq = db.lastInsertedRowID
            try db.cachedStatement(sql: DocumentPrintQueries.keepFile).execute(arguments: [seq, pdf])
            let print = try DocumentPrintQueries.print(seq, in: db)
            log.add(.documentPrint(print))
            return print
        }
    }

    /// How many prints of documents wait for a printer.
    public func queuedDocumentPrints(on printer: String) async throws(OutboxError) -> Int {
        try await read { db in try DocumentPrintQueries.queued(on: printer, in: db) }
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

    /// Cancels the queued print of a document.
    public func cancelPrint(
        ofDocument id: DocumentID, of sale: TransactionID, at now: Date
    ) async throws(OutboxError) -> DocumentPrint {
        try await write { [shownAhead] db, log in
            let prints = try DocumentPrintQueries.prints(of: try SaleQueries.record(of: sale, in: db).id, in: db)
            guard let print = prints.last(where: { $0.document == id }) else {
                throw OutboxError(.notFound, "the sale \(sale) has no print of a document \(id)")
            }
            let state = print.machine.state
            guard state == .queued else {
                throw OutboxError(
                    .conflict,
                    "the print of the document \(id) is \(state.rawValue); only a queued one can be cancelled")
            }
            let event = PrintMachine.Event.cancelled(at: now).shown(ahead: shownAhead())
            return try DocumentPrintQueries.apply(event, to: print.seq, in: db, log: log)
        }
    }

    /// The prints of a sale's documents, in the order in which they were asked for.
    public func documentPrints(of id: TransactionID) async throws(OutboxError) -> [DocumentPrint] {
        try await read { db in try DocumentPrintQueries.prints(of: id, in: db) }
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
