import Foundation
import GRDB
import Journey
import Outbox
import Sales

// Payment slips. Their images are files of their own, and lie where they lay.
extension RecoveryTarget {
    /// A freed page may hold an earlier state of a slip: the one that got further is kept.
    func takeSlip(_ entry: TablePage.Entry) throws {
        guard var row = slipShape.row(entry) else { return }
        let seq = entry.rowID
        if try !exists("sale", row[2]) { row[2] = .null }
        let twin = try progressOfSlip(seq)
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM slip WHERE seq = ?", arguments: [seq]) }
            try slipShape.insert(row, into: db)
            guard let kept = try progressOfSlip(seq) else { return false }
            return twin.map { kept > $0 } ?? true
        }
        if isKept || twin != nil { return }
        if try !takeWithoutJob(row) { unreadRows += 1 }
    }

    /// Its job was lost with a page: it is owed anew. One that is settled stays so.
    private func takeWithoutJob(_ row: [DatabaseValue]) throws -> Bool {
        guard let reader = terms.slipReader, try !exists("job", row[0]),
            let id = String.fromDatabaseValue(row[1]).flatMap({ SlipID($0) }),
            let media = String.fromDatabaseValue(row[10]).flatMap({ SlipMedia(rawValue: $0) })
        else { return false }
        return try keep {
            let job = NewJob(
                kind: .slip, service: reader, key: id.text, request: SlipRecord.request(for: id, media))
            var row = row
            row[0] = try JobQueries.insert(
                job, of: nil, arrival: .init(from: "", at: .distantPast, liveUntil: .distantPast), into: db
            ).databaseValue
            try slipShape.insert(row, into: db)
            return true
        }
    }

    private func exists(_ table: String, _ seq: DatabaseValue) throws -> Bool {
        if seq.isNull { return false }
        return try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE seq = ?)"), arguments: [seq]) ?? false
    }

    /// Nil if there is none, or if it cannot be read.
    private func progressOfSlip(_ seq: Int64) throws -> Int? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT id, state FROM slip WHERE seq = ?"), arguments: [seq]),
            SlipID(try row.required("id")) != nil
        else { return nil }
        let state: SlipState = try row.named("state")
        return switch state {
        case .waiting: 0
        case .reading: 1
        case .matched, .differs, .unreadable, .failed: 2
        }
    }

    /// A slip and its job may have been found as they were at different times. What was settled stays so. What is owed goes on,
    /// and may be charged again: how far it had come nobody knows.
    func settleSlips() throws {
        try db.execute(sql: "DELETE FROM job WHERE kind = 'slip' AND seq NOT IN (SELECT seq FROM slip)")
        try db.execute(
            sql: """
                UPDATE job SET state = 'done', has_open_attempt = 0, next_attempt_at = NULL
                WHERE kind = 'slip' AND state = 'pending'
                    AND seq IN (SELECT seq FROM slip WHERE state NOT IN ('waiting', 'reading'))
                """)
        try db.execute(
            sql: """
                UPDATE slip SET state = 'failed', ended_at = aged_from
                WHERE state IN ('waiting', 'reading') AND seq IN (SELECT seq FROM job WHERE state <> 'pending')
                """)
        try db.execute(
            sql: """
                UPDATE slip SET may_be_charged = 1
                WHERE seq IN (SELECT seq FROM job WHERE kind = 'slip' AND state = 'pending' AND step = 'begin')
                """)
    }
}
