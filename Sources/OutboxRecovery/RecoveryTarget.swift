import Foundation
import GRDB
import Journey
import Outbox
import Sales

/// The new database while it is filled. Confined to the database's queue.
final class RecoveryTarget {
    let db: Database
    let terms: RecoveryTerms
    private let saleShape: TableShape
    let jobShape: TableShape
    private let printShape: TableShape
    let documentShape: TableShape
    let documentPrintShape: TableShape
    let slipShape: TableShape
    let supplierInvoiceShape: TableShape
    /// Tables in which a later row replaces an earlier one, with the column that identifies it.
    private let others: [(shape: TableShape, sameRow: String)]
    private(set) var sales = 0
    private var unreadSales: [String] = []
    /// Sales for which a request was found that contradicts them.
    var contradicted: Set<Int64> = []
    private var lost: (count: Int, ids: [String]) = (0, [])
    /// The last number that any sale ever got.
    private var lastSale: Int64 = 0
    var unreadRows = 0
    var lostPages = 0
    var rowsSinceCommit = 0

    init(_ db: Database, terms: RecoveryTerms) throws {
        self.db = db
        self.terms = terms
        saleShape = try TableShape(of: "sale", in: db)
        jobShape = try TableShape(of: "job", in: db)
        printShape = try TableShape(of: "print", in: db)
        documentShape = try TableShape(of: "document", in: db)
        documentPrintShape = try TableShape(of: "document_print", in: db)
        slipShape = try TableShape(of: "slip", in: db)
        supplierInvoiceShape = try TableShape(of: "supplier_invoice", in: db)
        // An archive first: as far as it goes, an account has the same form.
        others = try [
            ("archive", "folder"), ("service_account", "service"), ("incident", "seq"), ("clock", "id"),
            ("billing_call", "seq"), ("bill", "id"),
        ].map {
            name, key in
            (try TableShape(of: name, in: db), "DELETE FROM \(name) WHERE \(key) = ?")
        }
    }

    /// Takes everything but what belongs to a sale, for which it is too early: false then.
    func takesNow(_ entry: TablePage.Entry) throws -> Bool {
        let ofSales = [jobShape, printShape, documentShape, documentPrintShape, slipShape, supplierInvoiceShape]
        if ofSales.contains(where: { $0.row(entry) != nil }) { return false }
        if let row = saleShape.row(entry) {
            try takeSale(row)
            return true
        }
        for (shape, sameRow) in others {
            guard let row = shape.row(entry) else { continue }
            _ = try keep {
                try db.execute(sql: sameRow, arguments: [row[0]])
                try shape.insert(row, into: db)
                return true
            }
            return true
        }
        if entry.values.count > 7 {
            // Nothing else of ours has so many columns.
            unreadRows += 1
        } else {
            try takeBookkeeping(entry)
        }
        return true
    }

    /// Takes everything but slips and invoices of suppliers, which belong to jobs: false then.
    func takesLater(_ entry: TablePage.Entry) throws -> Bool {
        if let row = jobShape.row(entry) {
            try takeJob(row, seq: entry.rowID)
        } else if let row = printShape.row(entry) {
            try takePrint(row, seq: entry.rowID)
        } else if let row = documentShape.row(entry) {
            try takeDocument(row, seq: entry.rowID)
        } else if let row = documentPrintShape.row(entry) {
            try takeDocumentPrint(row, seq: entry.rowID)
        } else {
            return slipShape.row(entry) == nil && supplierInvoiceShape.row(entry) == nil
        }
        return true
    }

    /// A sale whose registration was lost becomes rejected, so a person sends it again with a request built then. It
    /// may have been registered before. A sale that its own request contradicts is left out: either may be wrong.
    func registerAll() throws {
        let bare = try Row.fetchAll(
            db,
            sql: """
                SELECT seq, transaction_id, received_at, aged_from, live_until FROM sale
                WHERE NOT EXISTS (SELECT 1 FROM job WHERE sale_seq = sale.seq AND kind = 'registration') ORDER BY seq
                """)
        var providers = LostProviders(db, terms: terms)
        for row in bare {
            let id = try row.transactionID()
            if contradicted.contains(try row.required("seq")) {
                try db.execute(sql: "DELETE FROM sale WHERE seq = ?", arguments: [try row.required("seq") as Int64])
                sales -= 1
                addUnread(id.text)
                continue
            }
            let failure = Failure(
                code: "Gateway::RequestLost",
                message:
                    "what the provider was to be sent was lost with a damaged page; send it again: kamkap retry \(id.text)",
                at: try row.requiredTime("received_at"))
            let job = try JobQueries.insert(
                NewJob(
                    kind: .registration, service: try providers.provider(ofSale: try row.required("seq")), key: id.text,
                    request: []),
                of: (try row.required("seq"), id),
                arrival: NewSale.Arrival(
                    from: "", at: try row.requiredTime("aged_from"), liveUntil: try row.requiredTime("live_until")),
                into: db)
            try JobQueries.update(
                job,
                to: JobMachine(
                    state: .rejected, step: .begin, history: AttemptHistory(count: 1, mayHaveActed: true),
                    lastError: failure),
                at: try row.requiredTime("aged_from"), in: db)
            lost.count += 1
            if lost.ids.count < RecoveryReport.mostIDs { lost.ids.append(id.text) }
        }
        try lookFirst()
    }

    /// A job may be found as it was before its last attempt, and a sale that is not found at all may be handed in again. So what
    /// may have been made is looked for where a repeat would make a second one.
    private func lookFirst() throws {
        for service in terms.cannotTellRepeats {
            try db.execute(
                sql: """
                    UPDATE job SET may_have_acted = 1, absences = 0
                    WHERE service = ? AND kind IN ('registration', 'sale_invoice') AND state <> 'done' AND step = 'begin'
                    """, arguments: [service.rawValue])
        }
        try settleSlips()
        try settleSupplierInvoices()
        try LossQueries.record(DatabaseBirth(at: Date(), isLoss: true), in: db)
        // A freed page may hold that of an earlier document: it would take back nothing, and hide what is there.
        try db.execute(
            sql: """
                DELETE FROM job WHERE kind = 'withdrawal' AND state = 'pending' AND NOT EXISTS (
                    SELECT 1 FROM job AS made
                    WHERE made.sale_seq = job.sale_seq AND made.kind = 'registration' AND made.remote_id = job.remote_id
                        AND made.withdrawal_asked_at IS NOT NULL AND made.withdrawn_at IS NULL)
                """)
        // The job that was to take the document back is lost: staff ask again.
        try db.execute(
            sql: """
                UPDATE job SET withdrawal_asked_at = NULL
                WHERE withdrawal_asked_at IS NOT NULL AND withdrawn_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM job AS owed
                    WHERE owed.sale_seq = job.sale_seq AND owed.kind = 'withdrawal' AND owed.state = 'pending')
                """)
    }

    func report(of file: PageFile) throws -> RecoveryReport {
        func count(_ rows: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)") ?? 0 }
        var report = RecoveryReport()
        report.sales = try count("sale")
        report.prints = try count("print")
        report.pending = try count("job WHERE kind = 'registration' AND state = 'pending'")
        report.endedDocumentPrints = try endDocumentPrints()
        report.unreadRows = unreadRows
        report.unreadSales = unreadSales
        (report.lostRegistrations, report.toSendAgain) = lost
        report.lostPages = lostPages + file.log.damagedFrames
        let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM sale") ?? 1
        let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM sale") ?? 0
        report.missingSales = max(0, Int(clamping: max(last, lastSale) - first + 1) - report.sales)
        return report
    }

    /// A sale is never changed, so either of two that prove themselves will do.
    private func takeSale(_ row: [DatabaseValue]) throws {
        guard let number = Int64.fromDatabaseValue(row[0]), let id = String.fromDatabaseValue(row[1]) else { return }
        let isKnown =
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM sale WHERE seq = ? OR transaction_id = ?)"),
                arguments: [number, id]) ?? false
        guard !isKnown else { return }
        let isKept = try keep {
            try saleShape.insert(row, into: db)
            let kept = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM sale WHERE seq = ?"), arguments: [number])
            return try kept.map(SaleProof.holds) ?? false
        }
        if isKept { return sales += 1 }
        unreadRows += 1
        addUnread(id)
    }

    private func addUnread(_ id: String) {
        if unreadSales.count < RecoveryReport.mostIDs { unreadSales.append(id) }
    }

    private func takePrint(_ row: [DatabaseValue], seq: Int64) throws {
        let twin = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM print WHERE seq = ?"), arguments: [seq])
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM print WHERE seq = ?", arguments: [seq]) }
            try printShape.insert(row, into: db)
            let kept = try PrintQueries.row(seq, in: db).print()
            return try twin.map { try Self.progress(of: kept.machine) > Self.progress(of: $0.print().machine) } ?? true
        }
        if !isKept, twin == nil { unreadRows += 1 }
    }

    static func progress(of print: PrintMachine) -> Int {
        switch print.state {
        case .queued: 0
        case .printing: 1
        case .printed, .failed, .cancelled, .uncertain: 2
        }
    }

    /// Tables that SQLite and the migrations keep for themselves.
    private func takeBookkeeping(_ entry: TablePage.Entry) throws {
        let texts = entry.values.compactMap(String.fromDatabaseValue)
        if entry.values.count == 2, texts == ["sale"], let last = Int64.fromDatabaseValue(entry.values[1]) {
            lastSale = last
        }
        guard entry.values.count == 1, let name = texts.first else { return }
        if Schema.isNewer(name) {
            throw OutboxError(
                .newerSchema, "this database was written by a newer Kamkap; recover it with that version")
        }
        if Schema.isOfFirstVersion(name) {
            throw OutboxError(.olderSchema, "this database is of Kamkap 0.1; recover it with that version")
        }
    }

    /// Rolls back what is not valid; a fault of the new database's own disk ends everything.
    func keep(_ body: () throws -> Bool) throws -> Bool {
        rowsSinceCommit += 1
        var isKept = false
        do {
            try db.inSavepoint {
                isKept = try body()
                return isKept ? .commit : .rollback
            }
        } catch  where !DatabaseFault.isStorage(error) {
            return false
        }
        return isKept
    }
}
