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

    /// Moves a print on. The same commit queues the automatic reprint of an uncertain original, and the slip for a link
    /// that came while paper was being printed without it.
    ///
    /// - Parameters:
    ///   - withQR: whether the paper has a QR, if that is known now.
    ///   - reprintOn: the fallback for the automatic reprint; nil for the same printer.
    ///   - printer: where it is, as far as the caller knows; throws `conflict` if it was sent elsewhere meanwhile.
    /// - Returns: The print with its times as they are shown.
    @discardableResult
    public func apply(
        _ event: PrintMachine.Event, toPrint seq: Int64, withQR: Bool? = nil, reprintOn fallback: String? = nil,
        at printer: String? = nil
    ) async throws(OutboxError) -> PrintRecord {
        try await write { [lateSlips, shownAhead] db, log in
            let ahead = shownAhead()
            let row = try PrintQueries.row(seq, in: db)
            let record = try row.print()
            var machine = record.machine
            if let printer, record.printer != printer {
                throw OutboxError(.conflict, "the print was sent to the printer \(record.printer) meanwhile")
            }
            do { try machine.apply(event.shown(ahead: ahead)) } catch { throw OutboxError(.conflict, "\(error)") }
            try PrintQueries.update(seq, to: machine, withQR: withQR ?? record.withQR, in: db)
            let saleSeq: Int64 = try row.required("sale_seq")
            let moved = try PrintQueries.row(seq, in: db).print()
            try PrintQueries.note(moved, of: saleSeq, in: db, to: log)
            if machine.owesReprint {
                // Printed again with what is known by then; nobody waits for its QR.
                try PrintQueries.insert(
                    PrintMachine(kind: .receipt, mark: .reprint), of: saleSeq, printer: record.printer,
                    requestedAt: event.time ?? record.agedFrom, shownAhead: ahead, into: db)
                let reprint = db.lastInsertedRowID
                if let fallback { try PrintQueries.move(reprint, to: fallback, in: db) }
                try PrintQueries.note(try PrintQueries.row(reprint, in: db).print(), of: saleSeq, in: db, to: log)
            }
            if machine.state == .printed { try PrintQueries.makeUp(for: record, of: saleSeq, in: db) }
            if machine.isOut, !machine.isIncomplete, let now = event.time {
                try lateSlips.queueIfOwed(to: saleSeq, at: now, shownAhead: ahead, in: db, noting: log)
            }
            return moved
        }
    }

    /// Hands a queued print to another printer, for good: it is not handed on from there.
    ///
    /// - Parameter other: where it is, as far as the caller knows; throws `conflict` if it was sent elsewhere
    ///   meanwhile.
    public func move(_ seq: Int64, from other: String, to printer: String) async throws(OutboxError) {
        try await write { db, log in
            let row = try PrintQueries.row(seq, in: db)
            let print = try row.print()
            guard print.machine.state == .queued, print.printer == other else {
                throw OutboxError(.conflict, "only a queued print can be moved, and only from where it is")
            }
            try PrintQueries.move(seq, to: printer, in: db)
            let moved = try PrintQueries.row(seq, in: db).print()
            try PrintQueries.note(moved, of: try row.required("sale_seq"), in: db, to: log)
        }
    }

    /// Hands queued prints of printers that are no longer configured to `printer`. Returns how many.
    public func rerouteQueuedPrints(keeping names: [String], to printer: String) async throws(OutboxError) -> Int {
        try await write { db, log in
            log.noteAll()
            let marks = databaseQuestionMarks(count: names.count)
            try db.execute(
                sql: "UPDATE print SET printer = ? WHERE state = 'queued' AND printer NOT IN (\(marks))",
                arguments: StatementArguments([printer] + names))
            return db.changesCount
        }
    }

    /// Cancels a queued print; `number` counts from 1 within the sale.
    public func cancelPrint(_ number: Int, of id: TransactionID, at now: Date) async throws(OutboxError) -> PrintRecord
    {
        try await write { [shownAhead] db, log in
            let sale = try SaleQueries.record(of: id, in: db)
            guard let print = sale.prints.first(where: { $0.id == number }) else {
                throw OutboxError(.notFound, "the sale \(id.text) has no print \(number)")
            }
            var machine = print.machine
            do { try machine.apply(.cancelled(at: now + shownAhead())) } catch {
                throw OutboxError(
                    .conflict, "print \(number) is \(machine.state.rawValue); only a queued one can be cancelled")
            }
            try PrintQueries.update(print.seq, to: machine, withQR: print.withQR, in: db)
            let cancelled = try PrintQueries.row(print.seq, in: db).print()
            log.note(.print(id, cancelled, receivedAt: sale.agedFrom))
            return cancelled
        }
    }

    /// How many prints wait at each printer.
    public func queuedPrints() async throws(OutboxError) -> [String: Int] {
        try await read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: PrintQueries.queuedByPrinter))
            return Dictionary(
                try rows.map { (try $0.required("printer"), try $0.required("waiting")) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Prints that an earlier gateway had begun: they may be on paper. Returns how many.
    public func settleInterruptedPrints(at now: Date) async throws(OutboxError) -> Int {
        let begun: [Int64] = try await read { db in
            try Int64.fetchAll(db, sql: PrintQueries.begun)
        }
        for seq in begun {
            try await apply(.lostContact(reason: "the gateway stopped while it was printing", at: now), toPrint: seq)
            FaultPoint.interruptedSettled.pass()
        }
        return begun.count
    }

    /// Asks for a copy or a QR slip. While the original is not out yet, the original goes to `printer` instead.
    public func requestPrint(
        _ kind: PrintMachine.Kind, of id: TransactionID, on printer: String, at now: Date
    ) async throws(OutboxError) -> (sale: SaleRecord, print: PrintRecord) {
        try await write { [shownAhead] db, log in
            let ahead = shownAhead()
            let sale = try SaleQueries.record(of: id, in: db)
            guard kind != .qrSlip || sale.registration.link != nil else {
                throw OutboxError(.conflict, "the sale \(id.text) has no QR yet")
            }
            if kind == .copy, let original = sale.original, !original.machine.isOut {
                try PrintQueries.redirect(original, to: printer, at: now, shownAhead: ahead, in: db)
                return try PrintQueries.pair(id, original.seq, in: db, to: log)
            }
            let copies = sale.prints.count { $0.machine.kind == .copy }
            let mark: PrintMachine.Mark = kind == .copy ? .copy : .none
            try PrintQueries.insert(
                PrintMachine(kind: kind, mark: mark), of: sale.seq, printer: printer,
                copyNumber: kind == .copy ? copies + 1 : nil, requestedAt: now, shownAhead: ahead, into: db)
            return try PrintQueries.pair(id, db.lastInsertedRowID, in: db, to: log)
        }
    }
}
