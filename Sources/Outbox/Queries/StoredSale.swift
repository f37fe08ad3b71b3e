import Foundation
import GRDB
import Journey
import Sales

/// A sale's rows for the rules to read, and their decisions to write back.
struct StoredSale {
    let record: SaleRecord

    init(_ record: SaleRecord) {
        self.record = record
    }

    init(_ seq: Int64, in db: Database) throws {
        record = try SaleQueries.record(seq, in: db)
    }

    /// The sale that a print belongs to.
    init(ofPrint seq: Int64, in db: Database) throws {
        let sale = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT sale_seq FROM print WHERE seq = ?"), arguments: [seq])
        guard let sale else { throw OutboxError(.notFound, "there is no such print any more") }
        try self.init(sale, in: db)
    }

    var rows: SaleRows {
        SaleRows(
            receivedAt: record.agedFrom, hasLink: record.paperLink != nil, papers: record.prints.map(\.paper))
    }

    func print(_ seq: Int64) throws -> PrintRecord { try print { $0.seq == seq } }

    func print(numbered number: Int) throws -> PrintRecord { try print { $0.id == number } }

    private func print(_ isIt: (PrintRecord) -> Bool) throws -> PrintRecord {
        guard let print = record.prints.first(where: isIt) else {
            throw OutboxError(.notFound, "there is no such print any more")
        }
        return print
    }

    /// Writes rows, and reports each change. The sale is settled if that ends its original after its registration.
    ///
    /// - Returns: The sale after that.
    @discardableResult
    func write(
        _ rows: [SalePaper], shownAhead: TimeInterval, in db: Database, log: ChangeLog
    ) throws -> StoredSale {
        var sale = record
        for paper in rows {
            guard let index = sale.prints.firstIndex(where: { $0.id == paper.number }) else {
                let new = try PrintQueries.insert(paper, of: sale.seq, shownAhead: shownAhead, into: db)
                sale.prints.append(new)
                log.add(.print(sale.id, new, receivedAt: sale.agedFrom))
                continue
            }
            let known = sale.prints[index]
            if known.paper == paper { continue }
            try PrintQueries.update(known, to: paper, shownAhead: shownAhead, in: db)
            sale.prints[index] = PrintRecord(known, movedTo: paper, shownAhead: shownAhead)
            log.add(.print(sale.id, sale.prints[index], receivedAt: sale.agedFrom))
            if known.leavesQueue(for: paper) { log.wake(.prints(on: known.printer)) }
        }
        if !record.isOriginalSettled, sale.isSettled { log.add(.settled(sale)) }
        return StoredSale(sale)
    }

    /// The sale's registration has ended: the papers that waited for that are due, and the sale is settled if its original
    /// is over.
    func reportRegistrationEnded(to log: ChangeLog) {
        for print in record.prints where print.machine.state == .queued { log.wake(.prints(on: print.printer)) }
        if record.isSettled { log.add(.settled(record)) }
    }
}

extension SaleRecord {
    fileprivate var isSettled: Bool { registration.state != .pending && isOriginalSettled }
}

extension PrintRecord {
    /// Whether its printer has one less to wait for, without having begun it.
    fileprivate func leavesQueue(for paper: SalePaper) -> Bool {
        machine.state == .queued
            && (paper.printer != printer || paper.machine.state != .queued && paper.machine.state != .printing)
    }
}
