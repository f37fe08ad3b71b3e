import FaultPoints
public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// The first print that `printer` can begin: one whose sale has its link, or will not get it in time, which
    /// includes a provider that is known to be down or to refuse the account.
    ///
    /// - Parameter longestWait: no print waits for its link longer than this from now.
    public func nextPrint(
        on printer: String, at now: Date, longestWait: Duration
    ) async throws(OutboxError) -> OwedPrint? {
        try await read { db in
            let due = try Int64.fetchOne(
                db.cachedStatement(sql: PrintQueries.nextDue),
                arguments: [
                    "printer": printer, "now": now.milliseconds,
                    "latest": now.addingTimeInterval(longestWait.inSeconds).milliseconds,
                ])
            return try due.flatMap { try PrintQueries.owedPrint($0, in: db) }
        }
    }

    /// The print that `printer` does next once its link is there; nil if none waits.
    public func coming(on printer: String) async throws(OutboxError) -> OwedPrint? {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: PrintQueries.coming), arguments: [printer]).flatMap {
                try PrintQueries.owedPrint($0, in: db)
            }
        }
    }

    public func print(_ seq: Int64) async throws(OutboxError) -> PrintRecord {
        try await read { db in try PrintQueries.row(seq, in: db).print() }
    }

    /// When the next print stops waiting for its link; nil if none does.
    public func nextPrintDue(on printer: String, after now: Date) async throws(OutboxError) -> Date? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: PrintQueries.nextWaitOver), arguments: [printer, now.milliseconds])?.time("due")
        }
    }

    /// Moves a print on. The same commit writes what follows for the sale's other papers (``SaleRules``).
    ///
    /// - Parameters:
    ///   - withQR: whether the paper has a QR, if that is known now.
    ///   - fallback: prints the automatic reprint; nil for the same printer.
    ///   - printer: where it is, as far as the caller knows; throws `conflict` if it was sent elsewhere meanwhile.
    /// - Returns: The print with its times as they are shown.
    @discardableResult
    public func apply(
        _ event: PrintMachine.Event, toPrint seq: Int64, withQR: Bool? = nil, reprintOn fallback: String? = nil,
        at printer: String? = nil
    ) async throws(OutboxError) -> PrintRecord {
        let step = SaleRules.Step(event, withQR: withQR, fallback: fallback)
        return try await write { [rules, shownAhead] db, log in
            let ahead = shownAhead()
            let sale = try StoredSale(ofPrint: seq, in: db)
            let print = try sale.print(seq)
            if let printer, print.printer != printer {
                throw OutboxError(.conflict, "the print was sent to the printer \(print.printer) meanwhile")
            }
            let rows: [SalePaper]
            do {
                rows = try rules.rows(after: step, ofPaper: print.id, in: sale.rows, shownAhead: ahead)
            } catch {
                throw OutboxError(.conflict, "\(error)")
            }
            return try sale.write(rows, shownAhead: ahead, in: db, log: log).print(seq)
        }
    }

    /// Hands a queued print to another printer, for good: it is not handed on from there.
    ///
    /// - Parameter other: where it is, as far as the caller knows; throws `conflict` if it was sent elsewhere
    ///   meanwhile.
    public func move(_ seq: Int64, from other: String, to printer: String) async throws(OutboxError) {
        try await write { [rules, shownAhead] db, log in
            let sale = try StoredSale(ofPrint: seq, in: db)
            let number = try sale.print(seq).id
            let row: SalePaper
            do {
                row = try rules.row(handingPaper: number, from: other, to: printer, in: sale.rows)
            } catch {
                throw OutboxError(.conflict, "only a queued print can be moved, and only from where it is")
            }
            try sale.write([row], shownAhead: shownAhead(), in: db, log: log)
        }
    }

    /// Hands queued prints of printers that are no longer configured to `printer`. Returns how many.
    public func rerouteQueuedPrints(keeping names: [String], to printer: String) async throws(OutboxError) -> Int {
        try await write { db, log in
            log.wake(.prints(on: printer))
            try db.execute(
                sql: PrintQueries.reroute(keeping: names.count), arguments: StatementArguments([printer] + names))
            return db.changesCount
        }
    }

    /// Cancels a queued print; `number` counts from 1 within the sale.
    public func cancelPrint(_ number: Int, of id: TransactionID, at now: Date) async throws(OutboxError) -> PrintRecord
    {
        try await write { [rules, shownAhead] db, log in
            let ahead = shownAhead()
            let record = try SaleQueries.record(of: id, in: db)
            guard let print = record.prints.first(where: { $0.id == number }) else {
                throw OutboxError(.notFound, "the sale \(id.text) has no print \(number)")
            }
            let sale = StoredSale(record)
            let rows: [SalePaper]
            do {
                rows = try rules.rows(
                    after: .init(.cancelled(at: now)), ofPaper: number, in: sale.rows, shownAhead: ahead)
            } catch {
                throw OutboxError(
                    .conflict, "print \(number) is \(print.machine.state.rawValue); only a queued one can be cancelled")
            }
            return try sale.write(rows, shownAhead: ahead, in: db, log: log).print(numbered: number)
        }
    }

    /// How many prints wait at each printer, of documents too.
    public func queuedPrints() async throws(OutboxError) -> [String: Int] {
        try await read { db in
            let rows = try [PrintQueries.queuedByPrinter, DocumentPrintQueries.queued].flatMap {
                try Row.fetchAll(db.cachedStatement(sql: $0))
            }
            return Dictionary(
                try rows.map { (try $0.required("printer"), try $0.required("queued")) }, uniquingKeysWith: +)
        }
    }

    /// Prints that an earlier gateway had begun, of documents too: they may be on paper. Returns how many.
    public func settleInterruptedPrints(at now: Date) async throws(OutboxError) -> Int {
        let begun: [Int64] = try await read { db in
            try Int64.fetchAll(db, sql: PrintQueries.begun)
        }
        for seq in begun {
            try await apply(.lostContact(reason: "the gateway stopped while it was printing", at: now), toPrint: seq)
            FaultPoint.interruptedSettled.pass()
        }
        let documents: [Int64] = try await read { db in try Int64.fetchAll(db, sql: DocumentPrintQueries.begun) }
        for seq in documents {
            try await apply(
                .lostContact(reason: "the gateway stopped while it was printing", at: now), toDocumentPrint: seq)
        }
        return begun.count + documents.count
    }

    private static func whyNoLink(_ sale: SaleRecord) -> String {
        if sale.invoice?.state == .ready { return "any more: a full tax invoice was made in place of its receipt" }
        return sale.registration.withdrawal == nil ? "yet" : "any more: its document is withdrawn, or is to be"
    }

    /// Asks for a copy or a QR slip. While the original is not out yet, the original goes to `printer` instead.
    public func requestPrint(
        _ kind: PrintMachine.Kind, of id: TransactionID, on printer: String, at now: Date
    ) async throws(OutboxError) -> PrintRecord {
        try await write { [rules, shownAhead] db, log in
            let sale = StoredSale(try SaleQueries.record(of: id, in: db))
            let row: SalePaper
            do {
                row = try rules.row(askedFor: kind, on: printer, in: sale.rows, at: now)
            } catch {
                throw OutboxError(.conflict, "the sale \(id.text) has no QR \(Self.whyNoLink(sale.record))")
            }
            return try sale.write([row], shownAhead: shownAhead(), in: db, log: log).print(numbered: row.number)
        }
    }
}
