public import Foundation
import GRDB
import Journey

// What is done once nothing is owed about a supplier's invoice, and what staff do about one.
extension Outbox {
    /// What has to be done about those of which nothing is owed.
    public enum SupplierInvoiceCare: Sendable, CaseIterable {
        /// Staff have it read anew: its file goes back.
        case redo
        /// Its file goes where the shop keeps it.
        case file
        /// What is published of it is taken back.
        case clear
    }

    /// In the order of their arrival.
    ///
    /// - Parameter after: the number of the last one that was looked at.
    public func supplierInvoices(
        to care: SupplierInvoiceCare, after: Int64 = 0, limit: Int
    ) async throws(OutboxError) -> [SupplierInvoiceRecord] {
        let sql =
            switch care {
            case .redo: SupplierInvoiceQueries.toRedo
            case .file: SupplierInvoiceQueries.unfiled
            case .clear: SupplierInvoiceQueries.uncleared
            }
        return try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [after, limit]).map {
                try $0.supplierInvoice()
            }
        }
    }

    /// The name that the file gets. It is written before the file moves: a kill in between is made good.
    public func chooseName(_ name: String, ofSupplierInvoice number: Int64) async throws(OutboxError) {
        try await change(number, "SET filed_as = ? WHERE seq = ? AND ended_at IS NOT NULL AND is_filed = 0", [name])
    }

    /// The file lies where the shop keeps it.
    public func filed(supplierInvoice number: Int64) async throws(OutboxError) {
        try await change(number, "SET is_filed = 1 WHERE seq = ? AND ended_at IS NOT NULL")
    }

    /// Nothing of it is published any more.
    ///
    /// - Parameter remoteID: its job at the service, if that is deleted as well.
    public func cleared(supplierInvoice number: Int64, deleting remoteID: String?) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            // Another may have been made meanwhile.
            let rest = "seq = ? AND ended_at IS NOT NULL AND (state <> 'removed' OR EXISTS (\(Self.hasNoOther)))"
            try db.cachedStatement(sql: "UPDATE supplier_invoice SET is_cleared = 1 WHERE \(rest)")
                .execute(arguments: [number, remoteID])
            if let remoteID {
                try db.cachedStatement(sql: "UPDATE job SET remote_id = NULL WHERE seq = ? AND remote_id = ?")
                    .execute(arguments: [number, remoteID])
            }
        }
    }

    /// Its job at the service is deleted.
    public func forgetRemote(_ remoteID: String, ofSupplierInvoice number: Int64) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            try db.cachedStatement(sql: "UPDATE job SET remote_id = NULL WHERE seq = ? AND remote_id = ?")
                .execute(arguments: [number, remoteID])
        }
    }

    private static let hasNoOther = """
        SELECT 1 FROM job WHERE job.seq = supplier_invoice.seq AND (remote_id IS NULL OR remote_id = ?)
        """

    /// Staff give up one that is still owed.
    public func giveUp(supplierInvoice number: Int64, at now: Date) async throws(OutboxError) -> SupplierInvoiceRecord {
        try await write { [shownAhead] db, log in
            let before = try SupplierInvoiceQueries.invoice(number, in: db)
            guard before.state.isOwed else {
                throw OutboxError(.conflict, "the supplier's invoice \(number) is not owed any more")
            }
            let failure = Failure(
                code: SupplierInvoiceRecord.removed, message: "staff removed it before it was read",
                at: now + shownAhead())
            var machine = try JobQueries.job(number, in: db).machine
            try machine.applyOrConflict(.rejected(failure))
            try JobQueries.update(number, to: machine, at: now, in: db)
            try db.cachedStatement(sql: SupplierInvoiceQueries.giveUp).execute(arguments: [now.milliseconds, number])
            let record = try SupplierInvoiceQueries.invoice(number, in: db)
            log.add(.supplierInvoice(record, from: before.state))
            return record
        }
    }

    /// Staff have one read anew of which nothing is owed, or say that the account of one that is held is well again.
    ///
    /// - Returns: With ``SupplierInvoiceRecord/isRedoAsked`` if its file has to go back.
    public func askRedo(supplierInvoice number: Int64) async throws(OutboxError) -> SupplierInvoiceRecord {
        try await write { db, log in
            let record = try SupplierInvoiceQueries.invoice(number, in: db)
            if record.state.isOwed {
                guard try AccountQueries.state(of: record.service, in: db).condition == .held else {
                    throw OutboxError(.conflict, "the supplier's invoice \(number) is being read already")
                }
                try AccountQueries.set(.up, of: record.service, in: db)
                log.add(.account(record.service, .up))
                return record
            }
            log.wake()
            try db.cachedStatement(sql: "UPDATE supplier_invoice SET redo_asked = 1 WHERE seq = ?")
                .execute(arguments: [number])
            return try SupplierInvoiceQueries.invoice(number, in: db)
        }
    }

    /// It cannot be read anew.
    public func dropRedo(supplierInvoice number: Int64) async throws(OutboxError) {
        try await change(number, "SET redo_asked = 0 WHERE seq = ?")
    }

    /// Has one read anew whose file lies where the service is given it from.
    ///
    /// - Parameters:
    ///   - job: its request, built again.
    ///   - keepsRemote: whether its job at the service is there still, as far as is known: it is changed then, instead of made again.
    public func redo(
        supplierInvoice number: Int64, with job: NewJob, keepsRemote: Bool, at now: Date
    ) async throws(OutboxError) -> SupplierInvoiceRecord {
        try await write { [shownAhead] db, log in
            let before = try SupplierInvoiceQueries.invoice(number, in: db)
            // Somebody else was quicker.
            guard before.isRedoAsked else { return before }
            let machine = try JobQueries.job(number, in: db).machine
            let id = keepsRemote ? machine.remoteID : nil
            let anew = JobMachine(
                state: .pending, step: .begin,
                // One that may be there without a name is looked for.
                history: AttemptHistory(
                    count: machine.attempts, mayHaveActed: keepsRemote && id == nil && machine.mayHaveActed),
                made: .init(id: id), nextAttemptAt: now)
            try JobQueries.update(number, to: anew, at: now, in: db)
            try JobQueries.replaceRequest(of: number, by: job, in: db)
            try db.cachedStatement(sql: SupplierInvoiceQueries.readAnew)
                .execute(arguments: [(now + shownAhead()).milliseconds, number])
            let record = try SupplierInvoiceQueries.invoice(number, in: db)
            log.add(.supplierInvoice(record, from: before.state))
            return record
        }
    }

    private func change(
        _ number: Int64, _ change: String, _ arguments: StatementArguments = []
    ) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            try db.cachedStatement(sql: "UPDATE supplier_invoice \(change)").execute(arguments: arguments + [number])
        }
    }
}

extension SupplierInvoiceRecord {
    /// Staff gave it up.
    public static let removed = "Gateway::Removed"
}
