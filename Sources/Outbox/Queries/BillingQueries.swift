import Foundation
import GRDB
import Sales

enum BillingQueries {
    static let insert = """
        INSERT INTO billing_call (service, verb, key, request, state, asked_at, called_at)
        VALUES (:service, :verb, :key, :request, 'open', :asked_at, :called_at)
        """

    static let end = """
        UPDATE billing_call SET state = :state, answer_id = :answer_id, error_code = :error_code, ended_at = :ended_at
        WHERE seq = :seq
        """

    /// What succeeds ends earlier calls of the same thing as well.
    static let endEarlier = """
        UPDATE billing_call SET state = 'done', answer_id = :answer_id, error_code = NULL, ended_at = :ended_at
        WHERE state IN ('open', 'unknown') AND service = :service AND verb = :verb AND key = :key
        """

    static let one = "SELECT * FROM billing_call WHERE seq = ?"

    /// The newest.
    static let unresolved = """
        SELECT * FROM billing_call INDEXED BY billing_call_unresolved
        WHERE state IN ('open', 'unknown') AND service = ? AND verb = ? AND key = ? ORDER BY seq DESC LIMIT 1
        """

    static let newest = "SELECT * FROM billing_call WHERE seq < ? ORDER BY seq DESC LIMIT ?"

    static let look = "UPDATE billing_call SET looks = looks + 1, looked_at = ? WHERE seq = ?"

    // MARK: Bills

    static let oldestPolled = """
        SELECT * FROM bill INDEXED BY bill_open WHERE is_open = 1 AND service = ? ORDER BY polled_at LIMIT 1
        """

    static let bill = "SELECT * FROM bill WHERE id = ?"

    static let keepBill = """
        INSERT INTO bill (id, service, transaction_id, number, status, is_open, polled_at)
        VALUES (:id, :service, :transaction_id, :number, :status, :is_open, :polled_at)
        ON CONFLICT (id) DO UPDATE SET number = coalesce(excluded.number, number),
            status = coalesce(excluded.status, status), is_open = excluded.is_open, absences = 0,
            polled_at = max(polled_at, excluded.polled_at)
        """

    static let missBill = "UPDATE bill SET absences = absences + 1, polled_at = ? WHERE id = ? RETURNING absences"
    static let putOffBill = "UPDATE bill SET polled_at = ? WHERE id = ?"
    static let closeBill = "UPDATE bill SET is_open = 0, status = ? WHERE id = ?"

    static func call(_ seq: Int64, in db: Database) throws -> BillingCallRecord {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [seq]) else {
            throw OutboxError(.notFound, "there is no call \(seq)")
        }
        return try row.billingCall()
    }

    static func bill(_ id: String, in db: Database) throws -> BillRecord? {
        try Row.fetchOne(db.cachedStatement(sql: bill), arguments: [id])?.bill()
    }

    /// Keeps a bill, and reports it if something about it is new.
    static func keep(_ bill: BillRecord, polledAt: Date?, in db: Database, log: ChangeLog) throws {
        let known = try self.bill(bill.id, in: db)
        try db.cachedStatement(sql: keepBill).execute(arguments: [
            "id": bill.id, "service": bill.service.rawValue, "transaction_id": bill.sale?.text,
            "number": bill.number, "status": bill.status, "is_open": bill.isOpen,
            "polled_at": polledAt?.milliseconds ?? 0,
        ])
        guard let kept = try self.bill(bill.id, in: db) else { return }
        if kept.status != nil, kept.status != known?.status || kept.number != known?.number { log.add(.bill(kept)) }
    }
}

extension Row {
    func billingCall() throws -> BillingCallRecord {
        BillingCallRecord(
            seq: try required("seq"), service: try service(), verb: try required("verb"), key: try required("key"),
            state: try named("state"), answerID: try optional("answer_id"), errorCode: try optional("error_code"),
            askedAt: try requiredTime("asked_at"), endedAt: try time("ended_at"),
            calledAt: try requiredTime("called_at"), looks: try required("looks"), lookedAt: try time("looked_at"))
    }

    func bill() throws -> BillRecord {
        BillRecord(
            id: try required("id"), service: try service(),
            sale: (try optional("transaction_id") as String?).flatMap(TransactionID.init),
            number: try optional("number"), status: try optional("status"), isOpen: try required("is_open"))
    }
}
