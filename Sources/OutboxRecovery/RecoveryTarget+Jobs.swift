import Foundation
import GRDB
import Journey
import Outbox
import Sales

// What is owed to services.
extension RecoveryTarget {
    /// A freed page may hold an earlier state of a job: the one that got further is kept.
    ///
    /// Jobs about documents are left out: the stream begins again, and files are asked for again.
    func takeJob(_ row: [DatabaseValue], seq: Int64) throws {
        let kind = String.fromDatabaseValue(row[2]).flatMap { JobKind(rawValue: $0) }
        if kind?.isAboutDocuments == true { return }
        let whole = "SELECT job.*, \(JobQueries.columns) FROM job"
        let twin = try Row.fetchOne(db.cachedStatement(sql: "\(whole) WHERE seq = ?"), arguments: [seq])
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM job WHERE seq = ?", arguments: [seq]) }
            try jobShape.insert(row, into: db)
            guard
                let kept = try Row.fetchOne(db.cachedStatement(sql: "\(whole) WHERE seq = ?"), arguments: [seq]),
                try holds(for: kept)
            else { return false }
            return try twin.map { try Self.progress(of: kept) > Self.progress(of: $0) } ?? true
        }
        if !isKept, twin == nil { unreadRows += 1 }
    }

    /// Whether a job is valid by itself, and its service confirms the request.
    private func holds(for row: Row) throws -> Bool {
        let (machine, kind) = (try row.job(), try row.named("kind") as JobKind)
        // A link is what makes a registration ready.
        guard machine.state != .done || kind != .registration || machine.result != nil else { return false }
        // It says nothing of the sale.
        if kind == .withdrawal { return true }
        guard let proof = terms.proofs[try row.service()], let sale = try row.optional("sale_seq") as Int64? else {
            return true
        }
        let event = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT event FROM sale WHERE seq = ?"), arguments: [sale])
        guard let object = event.flatMap({ SaleProof.event(Array($0)) }) else { return false }
        let request = try row.bytes("request")
        // An earlier recovery found no request of this sale, and staff have not sent it again yet.
        if request.isEmpty, machine.state == .rejected { return true }
        let found = FoundRequest(
            kind: kind, bytes: request, context: try row.optional("context"), event: object,
            change: try row.buyerChange())
        if proof.agrees(found) { return true }
        if kind == .registration { contradicted.insert(sale) }
        return false
    }

    private static func progress(of row: Row) throws -> (Int, Int) {
        let machine = try row.job()
        let rank =
            switch machine.state {
            case .pending: machine.step == .follow ? 1 : 0
            case .rejected: 2
            case .done: 3
            }
        return (rank, machine.attempts)
    }
}
