public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// The first print that `printer` can begin: one whose sale has its link, or will not get it in time.
    ///
    /// - Parameter waitsForLink: false while it is known that no link will come.
    public func nextPrint(
        on printer: String, at now: Date, waitsForLink: Bool
    ) async throws(OutboxError) -> OwedPrint? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql:
                        "\(PrintQueries.owed) AND print.printer = :printer AND \(PrintQueries.isDue) \(PrintQueries.first)"
                ),
                arguments: ["printer": printer, "now": now.milliseconds, "waits": waitsForLink])
            return try row.map(PrintQueries.owedPrint)
        }
    }

    public func print(_ seq: Int64) async throws(OutboxError) -> PrintRecord {
        try await read { db in try PrintQueries.row(seq, in: db).print() }
    }

    /// When the next print stops waiting for its link; nil where none does.
    public func nextPrintDue(on printer: String, after now: Date) async throws(OutboxError) -> Date? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT min(waits_until) AS due FROM print INDEXED BY print_queued
                        WHERE printer = ? AND state = 'queued' AND waits_until > ?
                        """), arguments: [printer, now.milliseconds])?.time("due")
        }
    }

    /// Moves a print on. The automatic reprint that an uncertain original is owed is queued in the same commit.
    ///
    /// - Parameter withQR: whether the paper carries a QR, where that is known now.
    @discardableResult
    public func apply(
        _ event: PrintMachine.Event, toPrint seq: Int64, withQR: Bool? = nil
    ) async throws(OutboxError) -> PrintRecord {
        try await write { db, log in
            let row = try PrintQueries.row(seq, in: db)
            let record = try row.print()
            var machine = record.machine
            do { try machine.apply(event) } catch { throw OutboxError(.conflict, "\(error)") }
            try PrintQueries.update(seq, to: machine, withQR: withQR ?? record.withQR, in: db)
            let saleSeq: Int64 = try row.required("sale_seq")
            if machine.owesReprint {
                // Printed anew with what is known by then; nobody waits for its QR.
                try PrintQueries.insert(
                    PrintMachine(kind: .receipt, mark: .reprint), of: saleSeq, printer: record.printer, copyNumber: nil,
                    requestedAt: machine.finishedAt ?? record.requestedAt, waitsUntil: .distantPast, into: db)
            }
            log.note(try PrintQueries.transactionID(of: saleSeq, in: db))
            return try PrintQueries.row(seq, in: db).print()
        }
    }

    /// Prints that were begun by a gateway that is gone: they may be on paper. Returns how many.
    public func settleInterruptedPrints(at now: Date) async throws(OutboxError) -> Int {
        let begun: [Int64] = try await read { db in
            try Int64.fetchAll(db, sql: "SELECT seq FROM print WHERE state = 'printing' ORDER BY seq")
        }
        for seq in begun {
            try await apply(.lostContact(reason: "the gateway stopped while it was printing", at: now), toPrint: seq)
        }
        return begun.count
    }

    /// Asks for a copy or a QR slip. While the original is not out yet, the original goes to `printer` instead.
    ///
    /// - Parameter printer: nil for the one that the sale's paper went to, or `fallbackPrinter` where there was none.
    public func requestPrint(
        _ kind: PrintMachine.Kind, of id: TransactionID, on printer: String?, else fallbackPrinter: String, at now: Date
    ) async throws(OutboxError) -> (sale: SaleRecord, print: PrintRecord) {
        try await write { db, log in
            let sale = try SaleQueries.record(of: id, in: db)
            guard kind != .qrSlip || sale.registration.serviceURL != nil else {
                throw OutboxError(.conflict, "the sale \(id.text) has no QR yet")
            }
            let target = printer ?? sale.prints.last?.printer ?? fallbackPrinter
            log.note(id)
            if kind == .copy, let original = sale.original, !original.machine.isOut {
                try PrintQueries.redirect(original, to: target, at: now, in: db)
                return try PrintQueries.pair(id, original.seq, in: db)
            }
            let copies = sale.prints.count { $0.machine.kind == .copy }
            let mark: PrintMachine.Mark = kind == .copy ? .copy : .none
            try PrintQueries.insert(
                PrintMachine(kind: kind, mark: mark), of: sale.seq, printer: target,
                copyNumber: kind == .copy ? copies + 1 : nil, requestedAt: now, waitsUntil: .distantPast, into: db)
            return try PrintQueries.pair(id, db.lastInsertedRowID, in: db)
        }
    }
}
