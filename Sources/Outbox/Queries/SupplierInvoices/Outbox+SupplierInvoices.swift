public import Foundation
import GRDB
public import Journey
import Sales

extension Outbox {
    /// Keeps a supplier's invoice, once for the same bytes. Returns after it is safely on disk.
    ///
    /// - Parameter owed: so many may be owed at a time.
    public func take(
        _ new: NewSupplierInvoice, atMost owed: Int
    ) async throws(OutboxError) -> SupplierInvoiceAcceptance {
        try await write { db, log in
            if let known = try SupplierInvoiceQueries.invoice(digest: new.file.digest, in: db) { return .same(known) }
            let waiting = try Int.fetchOne(
                db.cachedStatement(sql: JobQueries.pendingCount),
                arguments: ["service": new.job.service.rawValue, "limit": owed])
            if let waiting, waiting >= owed {
                throw OutboxError(.busy, "\(waiting) suppliers' invoices wait to be read, and no more are taken now")
            }
            let seq = try SupplierInvoiceQueries.insert(new, in: db)
            let record = try SupplierInvoiceQueries.invoice(seq, in: db)
            log.add(.supplierInvoice(record, from: nil))
            return .new(record)
        }
    }

    public func supplierInvoice(_ number: Int64) async throws(OutboxError) -> SupplierInvoiceRecord {
        try await read { db in try SupplierInvoiceQueries.invoice(number, in: db) }
    }

    /// The one with these bytes; nil if none came.
    public func supplierInvoice(digest: String) async throws(OutboxError) -> SupplierInvoiceRecord? {
        try await read { db in try SupplierInvoiceQueries.invoice(digest: digest, in: db) }
    }

    /// Suppliers' invoices, newest first.
    ///
    /// - Parameters:
    ///   - states: only those in one of these; nil for all.
    ///   - before: only those that came before this one, by ``SupplierInvoiceRecord/number``.
    public func supplierInvoices(
        in states: [SupplierInvoiceState]? = nil, before: Int64? = nil, limit: Int
    ) async throws(OutboxError) -> [SupplierInvoiceRecord] {
        try await read { db in
            let page: StatementArguments = ["before": before ?? .max, "limit": limit]
            guard let states else {
                return try Row.fetchAll(db.cachedStatement(sql: SupplierInvoiceQueries.newest), arguments: page).map {
                    try $0.supplierInvoice()
                }
            }
            let found = try states.flatMap { state in
                try Row.fetchAll(
                    db.cachedStatement(sql: SupplierInvoiceQueries.newestByState),
                    arguments: page &+ ["state": state.rawValue]
                ).map { try $0.supplierInvoice() }
            }
            return Array(found.sorted { $0.number > $1.number }.prefix(limit))
        }
    }

    /// The same bytes came once more.
    public func countCopy(ofSupplierInvoice number: Int64) async throws(OutboxError) -> SupplierInvoiceRecord {
        try await write { db, log in
            log.wake()
            try db.cachedStatement(sql: "UPDATE supplier_invoice SET copies = copies + 1 WHERE seq = ?")
                .execute(arguments: [number])
            return try SupplierInvoiceQueries.invoice(number, in: db)
        }
    }

    // MARK: The gateway's own door

    /// The document may be fetched with the word of this SHA-256 until then, in counted time, and with no other word. Nothing is
    /// opened for one of which nothing is owed.
    public func openDoor(
        toSupplierInvoice digest: String, token: [UInt8], until: Date
    ) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            try db.cachedStatement(sql: SupplierInvoiceQueries.openDoor)
                .execute(arguments: [Data(token), until.milliseconds, digest])
        }
    }

    public func closeDoor(toSupplierInvoice digest: String) async throws(OutboxError) {
        try await write { db, log in
            log.wake()
            try db.cachedStatement(sql: SupplierInvoiceQueries.closeDoor).execute(arguments: [digest])
        }
    }

    /// The one that may be fetched with the word of this SHA-256; nil if none may, or not any more.
    public func supplierInvoice(
        behindDoor token: [UInt8], at now: Date
    ) async throws(OutboxError) -> SupplierInvoiceRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: SupplierInvoiceQueries.behindDoor),
                arguments: [Data(token), now.milliseconds]
            )?.supplierInvoice()
        }
    }
}
