public import Foundation
import GRDB
import Journey
public import Sales

// The bills that are watched until they are paid.
extension Outbox {
    /// The open bill whose last poll is the longest ago, and when that was; the distant past for one that was never polled.
    public func oldestPolledBill(
        of service: ServiceName
    ) async throws(OutboxError) -> (bill: BillRecord, polledAt: Date)? {
        try await read { db in
            guard
                let row = try Row.fetchOne(
                    db.cachedStatement(sql: BillingQueries.oldestPolled), arguments: [service.rawValue])
            else { return nil }
            let polledAt: Int64 = try row.required("polled_at")
            return (try row.bill(), polledAt == 0 ? .distantPast : Date(milliseconds: polledAt))
        }
    }

    public func bill(_ id: String) async throws(OutboxError) -> BillRecord? {
        try await read { db in try BillingQueries.bill(id, in: db) }
    }

    /// Keeps what the provider says of a bill. A change of it is an ``OutboxChange``.
    public func keep(_ bill: BillRecord, polledAt now: Date) async throws(OutboxError) {
        try await write { db, log in try BillingQueries.keep(bill, polledAt: now, in: db, log: log) }
    }

    /// The provider did not show a bill. It is given up after so many times without it in a row.
    ///
    /// - Parameter status: what it has for a status then.
    public func missed(
        _ id: String, atMost most: Int, status: String, at now: Date
    ) async throws(OutboxError) {
        try await write { db, log in
            let absences =
                try Int.fetchOne(
                    db.cachedStatement(sql: BillingQueries.missBill), arguments: [now.milliseconds, id]) ?? 0
            guard absences >= most else { return }
            try db.cachedStatement(sql: BillingQueries.closeBill).execute(arguments: [status, id])
            if let bill = try BillingQueries.bill(id, in: db) { log.add(.bill(bill)) }
        }
    }

    /// Nothing was learnt of a bill: the others come before it.
    public func putOff(_ id: String, at now: Date) async throws(OutboxError) {
        try await write { db, _ in
            try db.cachedStatement(sql: BillingQueries.putOffBill).execute(arguments: [now.milliseconds, id])
        }
    }
}

extension BillingQueries {
    /// A sale on credit is registered: its bill is watched from this commit on.
    static func watchBill(of sale: SaleRecord, in db: Database, log: ChangeLog) throws {
        guard sale.dueOn != nil, let id = sale.registration.machine.remoteID else { return }
        try keep(
            BillRecord(id: id, service: sale.registration.provider, sale: sale.id), polledAt: nil, in: db, log: log)
    }
}
