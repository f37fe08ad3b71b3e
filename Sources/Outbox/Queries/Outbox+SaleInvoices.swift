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
            if let reason = SaleInvoiceQueries.obstacle(in: record.registration, of: id) {
                throw OutboxError(.conflict, reason)
            }
            guard record.invoice == nil else {
                throw OutboxError(.conflict, "the sale \(id.text) has its tax invoice, or will have it")
            }
            _ = try JobQueries.insert(
                new.searching(forSaleIssuedAt: record.issuedAt, in: db), of: (record.seq, id),
                arrival: NewSale.Arrival(from: "", at: now, liveUntil: now + Self.patience), into: db)
            log.wake(.jobs(of: new.service))
            return try SaleInvoiceQueries.reported(ofSale: record.seq, id, in: db, log: log)
        }
    }

    /// A rejected or held one is sent again, with a request built again. One that may have been made is looked for first, unless
    /// a person says what became of it.
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
                throw OutboxError(.conflict, error.message(about: .saleInvoice, of: id, at: new.service))
            }
            try JobQueries.update(invoice.job, to: retried.machine, at: now, in: db)
            if retried.takesNewRequest { try JobQueries.replaceRequest(of: invoice.job, by: new, in: db) }
            if retried.releasesHold {
                try AccountQueries.set(.up, of: new.service, in: db)
                log.add(.account(new.service, .up))
            }
            log.wake(.jobs(of: new.service))
            return try SaleInvoiceQueries.reported(ofSale: sale, id, in: db, log: log)
        }
    }

    /// The tax invoice as it was last built, with its buyer, if an attempt may have reached its provider with it; nil if none may
    /// have. What is built instead has to be recognised as the same.
    public func sentInvoice(of id: TransactionID) async throws(OutboxError) -> NewJob? {
        try await read { db in
            guard let invoice = try SaleQueries.record(of: id, in: db).invoice else { return nil }
            let job = NewJob(kind: .saleInvoice, service: invoice.provider, key: id.text, request: [])
            return try JobQueries.sent(job, invoice.job, invoice.machine, in: db)
        }
    }

    /// Nil if nobody has wanted one.
    public func invoice(of id: TransactionID) async throws(OutboxError) -> SaleInvoice? {
        try await read { db in try SaleQueries.record(of: id, in: db).invoice }
    }
}

enum SaleInvoiceQueries {
    static let invoice = """
        SELECT \(JobQueries.columns) FROM job INDEXED BY job_of_sale WHERE sale_seq = ? AND kind = 'sale_invoice'
        """

    /// Why no tax invoice is made beside the sale's own document; nil if it is.
    static func obstacle(in registration: SaleRegistration, of id: TransactionID) -> String? {
        if registration.withdrawal != nil {
            return
                "the document of the sale \(id.text) is withdrawn, or is to be: a sale that is taken back gets no tax invoice"
        }
        return switch registration.state {
        case .ready: nil
        case .pending: "the sale \(id.text) is not registered yet; its tax invoice comes after that"
        case .rejected:
            "the sale \(id.text) is rejected, so there is nothing that its tax invoice stands for; retry the sale first"
        }
    }

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

    /// As it was just written, and told to observers.
    static func reported(
        ofSale seq: Int64, _ id: TransactionID, in db: Database, log: ChangeLog
    ) throws -> SaleInvoice {
        let invoice = try known(ofSale: seq, id, in: db)
        log.add(.saleInvoice(id, invoice))
        return invoice
    }
}
