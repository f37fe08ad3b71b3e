import Foundation
import GRDB
import Journey
import Outbox
import Sales

// Invoices of suppliers. Their documents are files of their own, and lie where they lay.
extension RecoveryTarget {
    /// A freed page may hold an earlier state of an invoice: the one that got further is kept.
    func takeSupplierInvoice(_ entry: TablePage.Entry) throws {
        guard let row = supplierInvoiceShape.row(entry) else { return }
        let seq = entry.rowID
        let twin = try progressOfSupplierInvoice(seq)
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM supplier_invoice WHERE seq = ?", arguments: [seq]) }
            try supplierInvoiceShape.insert(row, into: db)
            guard let kept = try progressOfSupplierInvoice(seq) else { return false }
            return twin.map { kept > $0 } ?? true
        }
        if isKept || twin != nil { return }
        if try !takeInvoiceWithoutJob(row) { unreadRows += 1 }
    }

    /// Its job was lost with a page, and with it what the service was to be sent: staff have it read anew. One that was read stays
    /// so.
    private func takeInvoiceWithoutJob(_ row: [DatabaseValue]) throws -> Bool {
        guard let reader = terms.supplierInvoiceReader, let digest = String.fromDatabaseValue(row[1]) else {
            return false
        }
        return try keep {
            var row = row
            let job = NewJob(kind: .supplierInvoice, service: reader, key: digest, request: [])
            let seq = try JobQueries.insert(
                job, of: nil, arrival: .init(from: "", at: .distantPast, liveUntil: .distantPast), into: db)
            row[0] = seq.databaseValue
            try supplierInvoiceShape.insert(row, into: db)
            let isRead = try progressOfSupplierInvoice(seq).map { $0.rank == Self.readRank } ?? false
            let lost = Failure(
                code: "Gateway::RequestLost",
                message: "what the service was to be sent was lost with a damaged page; have it read anew", at: Date())
            try JobQueries.update(
                seq,
                to: JobMachine(
                    state: isRead ? .done : .rejected, step: isRead ? .follow : .begin,
                    history: AttemptHistory(count: 1, mayHaveActed: true), lastError: isRead ? nil : lost),
                at: .distantPast, in: db)
            return true
        }
    }

    private static let readRank = 3

    /// How far an invoice has come.
    private struct Progress: Comparable {
        let redoneAt: Int64
        let rank: Int
        let filed: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.redoneAt, left.rank, left.filed) < (right.redoneAt, right.rank, right.filed)
        }
    }

    /// Nil if there is none.
    private func progressOfSupplierInvoice(_ seq: Int64) throws -> Progress? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT state, redone_at, is_filed, filed_as FROM supplier_invoice WHERE seq = ?"),
                arguments: [seq])
        else { return nil }
        let state: SupplierInvoiceState = try row.named("state")
        let rank =
            switch state {
            case .waiting: 0
            case .reading: 1
            case .failed, .removed: 2
            case .read: Self.readRank
            }
        let hasName = try (row.optional("filed_as") as String?) != nil
        let isFiled: Bool = try row.required("is_filed")
        return Progress(
            redoneAt: try row.optional("redone_at") ?? 0, rank: rank, filed: isFiled ? 2 : hasName ? 1 : 0)
    }

    /// An invoice and its job may have been found as they were at different times. What was read stays so. What is owed goes on:
    /// what an attempt may have made at the service is looked for.
    func settleSupplierInvoices() throws {
        try db.execute(
            sql: """
                DELETE FROM job WHERE kind = 'supplier_invoice' AND seq NOT IN (SELECT seq FROM supplier_invoice)
                """)
        try db.execute(
            sql: """
                UPDATE job SET state = 'done', step = 'follow', has_open_attempt = 0, next_attempt_at = NULL
                WHERE kind = 'supplier_invoice' AND state = 'pending'
                    AND seq IN (SELECT seq FROM supplier_invoice WHERE state = 'read')
                """)
        try db.execute(
            sql: """
                UPDATE job SET state = 'rejected', has_open_attempt = 0, next_attempt_at = NULL
                WHERE kind = 'supplier_invoice' AND state = 'pending'
                    AND seq IN (SELECT seq FROM supplier_invoice WHERE state IN ('failed', 'removed'))
                """)
        try db.execute(
            sql: """
                UPDATE supplier_invoice SET state = CASE (SELECT state FROM job WHERE job.seq = supplier_invoice.seq)
                        WHEN 'done' THEN 'read' ELSE 'failed' END, ended_at = aged_from
                WHERE state IN ('waiting', 'reading') AND seq IN (SELECT seq FROM job WHERE state <> 'pending')
                """)
        try db.execute(
            sql: """
                UPDATE job SET may_have_acted = 1, absences = 0
                WHERE kind = 'supplier_invoice' AND state = 'pending' AND step = 'begin'
                """)
        // Whatever is published still is taken back.
        try db.execute(sql: "UPDATE supplier_invoice SET is_cleared = 0 WHERE ended_at IS NOT NULL")
    }
}
