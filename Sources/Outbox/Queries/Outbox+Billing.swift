public import Foundation
import GRDB
public import Sales

// The journal of what staff asked a provider about bills.
extension Outbox {
    /// Writes a call down before it is sent.
    public func begin(_ call: NewBillingCall, at now: Date) async throws(OutboxError) -> Int64 {
        try await write { [shownAhead] db, _ in
            try db.cachedStatement(sql: BillingQueries.insert).execute(arguments: [
                "service": call.service.rawValue, "verb": call.verb, "key": call.key,
                "request": call.request.map { Data($0) }, "asked_at": (now + shownAhead()).milliseconds,
                "called_at": now.milliseconds,
            ])
            return db.lastInsertedRowID
        }
    }

    /// Writes down how a call ended, and with it the bill that it made.
    @discardableResult
    public func end(
        _ seq: Int64, _ end: BillingCallEnd, at now: Date
    ) async throws(OutboxError) -> BillingCallRecord {
        try await write { [shownAhead] db, log in
            let call = try BillingQueries.call(seq, in: db)
            let endedAt = (now + shownAhead()).milliseconds
            var values: (state: BillingCallRecord.State, id: String?, code: String?)
            switch end {
            case .done(let id, let bill):
                values = (.done, id, nil)
                try db.cachedStatement(sql: BillingQueries.endEarlier).execute(arguments: [
                    "answer_id": id, "ended_at": endedAt, "service": call.service.rawValue, "verb": call.verb,
                    "key": call.key,
                ])
                if let bill { try BillingQueries.keep(bill, polledAt: nil, in: db, log: log) }
            case .refused(let code): values = (.refused, nil, code)
            case .unknown(let code): values = (.unknown, nil, code)
            }
            try db.cachedStatement(sql: BillingQueries.end).execute(arguments: [
                "state": values.state.rawValue, "answer_id": values.id, "error_code": values.code,
                "ended_at": endedAt, "seq": seq,
            ])
            return try BillingQueries.call(seq, in: db)
        }
    }

    /// The newest call of this kind about this thing whose end nobody knows.
    public func unresolvedCall(
        of service: ServiceName, verb: String, key: String
    ) async throws(OutboxError) -> BillingCallRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: BillingQueries.unresolved), arguments: [service.rawValue, verb, key])?
                .billingCall()
        }
    }

    /// The thing of a call was looked for, and is not there.
    public func notFound(_ seq: Int64, at now: Date) async throws(OutboxError) -> BillingCallRecord {
        try await write { db, _ in
            try db.cachedStatement(sql: BillingQueries.look).execute(arguments: [now.milliseconds, seq])
            return try BillingQueries.call(seq, in: db)
        }
    }

    /// The journal, newest first.
    ///
    /// - Parameter before: the last one that is known; nil for the newest.
    public func billingCalls(
        before: Int64?, limit: Int
    ) async throws(OutboxError) -> [BillingCallRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: BillingQueries.newest), arguments: [before ?? Int64.max, limit]
            ).map { try $0.billingCall() }
        }
    }
}
