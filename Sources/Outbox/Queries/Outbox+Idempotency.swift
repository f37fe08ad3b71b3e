public import Foundation
import GRDB
import Journey

extension Outbox {
    /// Writes down that a request is begun, if nothing is known of its key.
    ///
    /// - Parameters:
    ///   - life: older keys are forgotten. In counted time, which nobody can set ahead.
    ///   - maximum: most keys to keep.
    public func begin(
        _ request: KeyedRequest, at now: Date, keepingFor life: Duration, atMost maximum: Int
    ) async throws(OutboxError) -> KeyedRequest.Standing {
        try await write { db, _ in
            try db.cachedStatement(sql: "DELETE FROM keyed_request WHERE begun_at < ?")
                .execute(arguments: [now.addingTimeInterval(-life.inSeconds).milliseconds])
            if let kept = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM keyed_request WHERE key = ?"), arguments: [request.key])
            {
                guard try kept.bytes("fingerprint") == request.fingerprint else { return .otherRequest }
                return try kept.answer().map { .answered($0) } ?? .begun
            }
            let count = try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM keyed_request")) ?? 0
            guard count < maximum else { return .tooMany }
            try db.cachedStatement(
                sql: "INSERT INTO keyed_request (key, fingerprint, begun_at) VALUES (?, ?, ?)"
            ).execute(arguments: [request.key, Data(request.fingerprint), now.milliseconds])
            return .new
        }
    }

    /// Stores the answer to a request that was begun.
    public func keep(_ answer: KeptAnswer, to request: KeyedRequest) async throws(OutboxError) {
        try await write { db, _ in
            try db.cachedStatement(
                sql: "UPDATE keyed_request SET status = ?, body = ?, retry_after = ? WHERE key = ?"
            ).execute(arguments: [answer.status, Data(answer.body), answer.retryAfter, request.key])
        }
    }

    /// Forgets a request that was begun and has certainly done nothing.
    public func forget(_ request: KeyedRequest) async throws(OutboxError) {
        try await write { db, _ in
            try db.cachedStatement(sql: "DELETE FROM keyed_request WHERE key = ? AND status IS NULL")
                .execute(arguments: [request.key])
        }
    }
}

extension Row {
    fileprivate func answer() throws -> KeptAnswer? {
        guard let status: Int = try optional("status") else { return nil }
        return KeptAnswer(status: status, body: try bytes("body"), retryAfter: try optional("retry_after"))
    }
}
