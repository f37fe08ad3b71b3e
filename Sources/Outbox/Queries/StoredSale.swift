import Foundation
import GRDB
import Journey
import Sales

/// A sale's rows for the rules to read, and their decisions to write back.
struct StoredSale {
    let seq: Int64
    let id: TransactionID
    /// When it was received, in counted time.
    let agedFrom: Date
    private let hasLink: Bool
    private let prints: [PrintRecord]

    init(_ seq: Int64, in db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT sale.transaction_id, job.aged_from, job.result FROM \(SaleQueries.registered) WHERE sale.seq = ?"
            ), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        self.seq = seq
        id = try row.transactionID()
        agedFrom = try row.requiredTime("aged_from")
        hasLink = try row.optional("result") as String? != nil
        prints = try SaleQueries.prints(of: seq, in: db)
    }

    /// The sale that a print belongs to.
    init(ofPrint seq: Int64, in db: Database) throws {
        let sale = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT sale_seq FROM print WHERE seq = ?"), arguments: [seq])
        guard let sale else { throw OutboxError(.notFound, "there is no such print any more") }
        try self.init(sale, in: db)
    }

    init(_ record: SaleRecord) {
        (seq, id, agedFrom, prints) = (record.seq, record.id, record.agedFrom, record.prints)
        hasLink = record.registration.link != nil
    }

    var rows: SaleRows { SaleRows(receivedAt: agedFrom, hasLink: hasLink, papers: prints.map(\.paper)) }

    func print(_ seq: Int64) throws -> PrintRecord {
        guard let print = prints.first(where: { $0.seq == seq }) else {
            throw OutboxError(.notFound, "there is no such print any more")
        }
        return print
    }

    /// Writes rows, and notes each change.
    ///
    /// - Returns: The prints after that, in the order of the rows.
    @discardableResult
    func write(
        _ rows: [SalePaper], shownAhead: TimeInterval, in db: Database, noting log: ChangeLog
    ) throws -> [PrintRecord] {
        try rows.map { paper in
            let known = prints.first { $0.id == paper.number }
            if let known, known.paper == paper { return known }
            let record: PrintRecord
            if let known {
                try PrintQueries.update(known, to: paper, shownAhead: shownAhead, in: db)
                record = PrintRecord(known, movedTo: paper, shownAhead: shownAhead)
            } else {
                record = try PrintQueries.insert(paper, of: seq, shownAhead: shownAhead, into: db)
            }
            log.note(.print(id, record, receivedAt: agedFrom))
            return record
        }
    }
}
