public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// Somebody waits at the counter for so long.
    private static let patience: TimeInterval = 60

    /// Staff want a full tax invoice for a sale that was registered without a buyer: one for each sale.
    ///
    /// - Parameter new: its kind is ``JobKind/saleInvoice``, its key the sale's transaction id.
    public func requestInvoice(
        of id: TransactionID, with new: NewJob, at now: Date
    ) async throws(OutboxError) -> SaleInvoice {
        try await write { db, log in
            let record = try SaleQueries.record(of: id, in: db)
            guard record.registration.state != .pending else {
                throw OutboxError(
                    .conflict, "the sale \(id.text) is not registered yet; its tax invoice comes after that")
            }
            guard try SaleInvoiceQueries.invoice(ofSale: record.seq, in: db) == nil else {
                throw OutboxError(.conflict, "the sale \(id.text) has its tax invoice, or will have it")
            }
            _ = try JobQueries.insert(
                new, of: (record.seq, id),
                arrival: NewSale.Arrival(from: "", at: now, liveUntil: now + Self.patience), into: db)
            log.wake(.jobs(of: new.service))
            log.wake(.sale(id))
            return try SaleInvoiceQueries.known(ofSale: record.seq, id, in: db)
        }
    }

    /// A rejected or held one is sent again, with a request built again.
    public func retryInvoice(
        of id: TransactionID, with new: NewJob, as retry: JobRetry = JobRetry(), at now: Date
    ) async throws(OutboxError) -> SaleInvoice {
        try await write { [rules] db, log in
            let sale = try SaleQueries.record(of: id, in: db).seq
            let invoice = try SaleInvoiceQueries.known(ofSale: sale, id, in: db)
            guard invoice.state != .ready, invoice.provider == new.service, retry.way != .moving else {
                throw OutboxError(.conflict, "the sale \(id.text) has its tax invoice; there is nothing to try again")
            }
            let isHeld = try AccountQueries.state(of: new.service, in: db).condition == .held
            let retried: RegistrationRetry
            do throws(RetryRefusal) {
                retried = try rules.retry(invoice.machine, as: retry, isHeld: isHeld, at: now)
            } catch {
                throw OutboxError(.conflict, error.message(about: id, at: new.service))
            }
            try JobQueries.update(invoice.job, to: retried.machine, at: now, in: db)
            if retried.takesNewRequest { try JobQueries.replaceRequest(of: invoice.job, by: new, in: db) }
            if retried.releasesHold {
                try AccountQueries.set(.up, of: new.service, in: db)
                log.add(.account(new.service, .up))
            }
            log.wake(.jobs(of: new.service))
            log.wake(.sale(id))
            return try SaleInvoiceQueries.known(ofSale: sale, id, in: db)
        }
    }

    /// Nil if nobody has wanted one.
    public func invoice(of id: TransactionID) async throws(OutboxError) -> SaleInvoice? {
        try await read { db in
            try SaleInvoiceQueries.invoice(ofSale: try SaleQueries.record(of: id, in: db).seq, in: db)
        }
    }
}

enum SaleInvoiceQueries {
    static let invoice = """
        SELECT \(JobQueries.columns) FROM job INDEXED BY job_of_sale WHERE sale_seq = ? AND kind = 'sale_invoice'
        """

    static func invoice(ofSale seq: Int64, in db: Database) throws -> SaleInvoice? {
        try Row.fetchOne(db.cachedStatement(sql: invoice), arguments: [seq]).map { row in
            SaleInvoice(job: try row.required("job_seq"), provider: try row.service(), machine: try row.job())
        }
    }

    static func known(ofSale seq: Int64, _ id: TransactionID, in db: Database) throws -> SaleInvoice {
        guard let invoice = try invoice(ofSale: seq, in: db) else {
            throw OutboxError(.notFound, "nobody has asked for a tax invoice of the sale \(id.text)")
        }
        return invoice
    }
}
