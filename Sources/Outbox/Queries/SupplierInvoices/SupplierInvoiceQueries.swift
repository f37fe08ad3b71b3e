import Foundation
import GRDB
import Journey
import Sales

/// The SQL of suppliers' invoices; a test checks it against its query plan.
enum SupplierInvoiceQueries {
    private static let columns = """
        SELECT supplier_invoice.*, job.service, job.context, job.remote_id, job.attempts, job.error_code,
            job.error_message, job.error_at, job.next_attempt_at
        """
    private static let withJob = "CROSS JOIN job ON job.seq = supplier_invoice.seq"

    static let numbered = "\(columns) FROM supplier_invoice \(withJob) WHERE supplier_invoice.seq = ?"
    static let same = "\(columns) FROM supplier_invoice \(withJob) WHERE supplier_invoice.digest = ?"
    static let newest = """
        \(columns) FROM supplier_invoice \(withJob)
        WHERE supplier_invoice.seq < :before ORDER BY supplier_invoice.seq DESC LIMIT :limit
        """
    static let newestByState = """
        \(columns) FROM supplier_invoice INDEXED BY supplier_invoice_state \(withJob)
        WHERE supplier_invoice.state = :state AND supplier_invoice.seq < :before
        ORDER BY supplier_invoice.seq DESC LIMIT :limit
        """
    static let unfiled = """
        \(columns) FROM supplier_invoice INDEXED BY supplier_invoice_unfiled \(withJob)
        WHERE supplier_invoice.is_filed = 0 AND supplier_invoice.ended_at IS NOT NULL AND supplier_invoice.seq > ?
        ORDER BY supplier_invoice.seq LIMIT ?
        """
    static let uncleared = """
        \(columns) FROM supplier_invoice INDEXED BY supplier_invoice_uncleared \(withJob)
        WHERE supplier_invoice.is_cleared = 0 AND supplier_invoice.ended_at IS NOT NULL AND supplier_invoice.seq > ?
        ORDER BY supplier_invoice.seq LIMIT ?
        """
    static let toRedo = """
        \(columns) FROM supplier_invoice INDEXED BY supplier_invoice_redo \(withJob)
        WHERE supplier_invoice.redo_asked = 1 AND supplier_invoice.seq > ? ORDER BY supplier_invoice.seq LIMIT ?
        """
    /// Only while it is owed.
    static let behindDoor = """
        \(columns) FROM supplier_invoice INDEXED BY supplier_invoice_door \(withJob)
        WHERE supplier_invoice.door_token = ? AND supplier_invoice.door_token IS NOT NULL
            AND supplier_invoice.door_until > ? AND supplier_invoice.ended_at IS NULL
        LIMIT 1
        """

    static let openDoor = """
        UPDATE supplier_invoice SET door_token = ?, door_until = ? WHERE digest = ? AND ended_at IS NULL
        """
    static let closeDoor = "UPDATE supplier_invoice SET door_token = NULL, door_until = NULL WHERE digest = ?"
    static let move = """
        UPDATE supplier_invoice
        SET state = :state, ended_at = coalesce(ended_at, :ended), is_cleared = :cleared
        WHERE seq = :seq
        """
    static let readAnew = """
        UPDATE supplier_invoice
        SET state = 'waiting', ended_at = NULL, filed_as = NULL, is_filed = 0, is_cleared = 0, redo_asked = 0,
            redone_at = ?, door_token = NULL, door_until = NULL
        WHERE seq = ?
        """
    static let giveUp = """
        UPDATE supplier_invoice
        SET state = 'removed', ended_at = ?, is_cleared = 0, door_token = NULL, door_until = NULL
        WHERE seq = ?
        """

    static func invoice(_ number: Int64, in db: Database) throws -> SupplierInvoiceRecord {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: numbered), arguments: [number]) else {
            throw OutboxError(.notFound, "there is no supplier's invoice \(number)")
        }
        return try row.supplierInvoice()
    }

    static func invoice(digest: String, in db: Database) throws -> SupplierInvoiceRecord? {
        try Row.fetchOne(db.cachedStatement(sql: same), arguments: [digest])?.supplierInvoice()
    }

    static func insert(_ new: NewSupplierInvoice, in db: Database) throws -> Int64 {
        // Nobody waits for it.
        let arrival = NewSale.Arrival(from: "", .backlog, at: new.receivedAt, liveUntil: new.receivedAt)
        let seq = try JobQueries.insert(new.job, of: nil, arrival: arrival, into: db)
        try db.cachedStatement(
            sql: """
                INSERT INTO supplier_invoice (seq, digest, name, type, size, received_at, aged_from, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')
                """
        ).execute(arguments: [
            seq, new.file.digest, new.file.name, new.file.type, new.file.size, new.shownAt.milliseconds,
            new.receivedAt.milliseconds,
        ])
        return seq
    }

    /// Its job has moved on.
    static func follow(_ seq: Int64, _ machine: JobMachine, at now: Date, in db: Database, log: ChangeLog) throws {
        let before = try invoice(seq, in: db)
        let state = SupplierInvoiceState(machine)
        if state != before.state {
            try db.cachedStatement(sql: move).execute(arguments: [
                "state": state.rawValue, "ended": state.isOwed ? nil : now.milliseconds,
                // A job that is done took it back itself.
                "cleared": state == .read, "seq": seq,
            ])
        }
        if !state.isOwed { try db.cachedStatement(sql: closeDoor).execute(arguments: [before.digest]) }
        let after = try invoice(seq, in: db)
        guard after.isShownOtherwise(than: before) else { return }
        log.add(.supplierInvoice(after, from: before.state))
        if state == .failed, before.state.isOwed {
            try IncidentQueries.count(after.incident(since: now), in: db, log: log)
        }
    }

    /// An attempt has ended whose job it is no more: staff removed the invoice, or had it read anew. What it has made at the
    /// service is not forgotten: it is deleted with the rest.
    static func leave(_ job: JobQueries.Job, _ events: [JobMachine.Event], in db: Database, log: ChangeLog) throws {
        guard job.machine.state == .rejected else { return }
        if let made = events.compactMap(\.remoteID).last {
            try db.cachedStatement(sql: "UPDATE job SET remote_id = ? WHERE seq = ?")
                .execute(arguments: [made, job.seq])
        }
        // It may have been published once more.
        try db.cachedStatement(sql: "UPDATE supplier_invoice SET is_cleared = 0 WHERE seq = ? AND state = 'removed'")
            .execute(arguments: [job.seq])
        log.wake(.supplierInvoices)
    }
}

extension JobMachine.Event {
    fileprivate var remoteID: String? {
        switch self {
        case .begun(let id), .prepared(let id, _): id
        default: nil
        }
    }
}

extension SupplierInvoiceRecord {
    /// Beside when it is asked for again.
    fileprivate func isShownOtherwise(than other: SupplierInvoiceRecord) -> Bool {
        state != other.state || lastError?.code != other.lastError?.code
    }

    /// Nothing of what the document is called or says: alarms are logged.
    fileprivate func incident(since: Date) -> Incident {
        Incident(
            code: Incident.supplierInvoicesFailed, since: since,
            reason: "number \(number): \(lastError?.code ?? "no code")")
    }
}

extension Row {
    /// From a row that was read with the columns of ``SupplierInvoiceQueries``.
    func supplierInvoice() throws -> SupplierInvoiceRecord {
        SupplierInvoiceRecord(
            number: try required("seq"), service: try service(), digest: try required("digest"),
            name: try required("name"), type: try required("type"), size: try required("size"),
            receivedAt: try requiredTime("received_at"), state: try named("state"), copies: try required("copies"),
            filedAs: try optional("filed_as"), isFiled: try required("is_filed"),
            isCleared: try required("is_cleared"), isRedoAsked: try required("redo_asked"),
            redoneAt: try time("redone_at"), attempts: try required("attempts"), lastError: try failure(),
            nextAttemptAt: try time("next_attempt_at"),
            remoteID: try optional("remote_id"), context: try optional("context"))
    }
}
