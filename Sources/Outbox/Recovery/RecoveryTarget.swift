import Foundation
import GRDB
import Journey

/// The new database while it is filled. Confined to the database's queue.
final class RecoveryTarget {
    private let db: Database
    private let saleShape: TableShape
    private let printShape: TableShape
    private let accountShape: TableShape
    private let incidentShape: TableShape
    private let clockShape: TableShape
    private(set) var sales = 0
    private var unreadSales: [String] = []
    /// The last number that was ever given to a sale.
    private var lastSale: Int64 = 0
    var unreadRows = 0
    var lostPages = 0
    var rowsSinceCommit = 0

    init(_ db: Database) throws {
        self.db = db
        saleShape = try TableShape(of: "sale", in: db)
        printShape = try TableShape(of: "print", in: db)
        accountShape = try TableShape(of: "account", in: db)
        incidentShape = try TableShape(of: "incident", in: db)
        clockShape = try TableShape(of: "clock", in: db)
    }

    /// Takes everything but a print, for which it is too early: false then.
    func takesNow(_ entry: TablePage.Entry) throws -> Bool {
        if printShape.row(entry) != nil { return false }
        if let row = saleShape.row(entry) {
            try takeSale(row)
        } else if let row = accountShape.row(entry) {
            _ = try keep {
                try db.execute(sql: "DELETE FROM account")
                try accountShape.insert(row, into: db)
                return true
            }
        } else if let row = incidentShape.row(entry) {
            _ = try keep {
                try db.execute(sql: "DELETE FROM incident WHERE seq = ?", arguments: [entry.rowID])
                try incidentShape.insert(row, into: db)
                return true
            }
        } else if let row = clockShape.row(entry) {
            _ = try keep {
                try db.execute(sql: "DELETE FROM clock")
                try clockShape.insert(row, into: db)
                return true
            }
        } else if entry.values.count > 7 {
            // Nothing else of ours has so many columns.
            unreadRows += 1
        } else {
            try note(entry)
        }
        return true
    }

    func takePrint(_ entry: TablePage.Entry) throws {
        guard let row = printShape.row(entry) else { return }
        let twin = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM print WHERE seq = ?"), arguments: [entry.rowID])
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM print WHERE seq = ?", arguments: [entry.rowID]) }
            try printShape.insert(row, into: db)
            let kept = try PrintQueries.row(entry.rowID, in: db).print()
            return try twin.map { try Self.progress(of: kept) > Self.progress(of: $0.print()) } ?? true
        }
        if !isKept, twin == nil { unreadRows += 1 }
    }

    func report(of file: PageFile) throws -> RecoveryReport {
        func count(_ rows: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)") ?? 0 }
        var report = RecoveryReport()
        report.sales = try count("sale")
        report.prints = try count("print")
        report.pending = try count("sale WHERE registration = 'pending'")
        report.unreadRows = unreadRows
        report.unreadSales = unreadSales
        report.lostPages = lostPages + file.log.damagedFrames
        let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM sale") ?? 1
        let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM sale") ?? 0
        report.missingSales = max(0, Int(clamping: max(last, lastSale) - first + 1) - report.sales)
        return report
    }

    private func takeSale(_ row: [DatabaseValue]) throws {
        guard let number = Int64.fromDatabaseValue(row[0]), let id = String.fromDatabaseValue(row[1]) else { return }
        // A page that was given up may hold what a sale was before: the one that got further is kept.
        let same = "FROM sale WHERE seq = ? OR transaction_id = ?"
        let twin = try Row.fetchOne(db.cachedStatement(sql: "SELECT * \(same)"), arguments: [number, id])
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE \(same)", arguments: [number, id]) }
            try saleShape.insert(row, into: db)
            guard
                let kept = try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT * FROM sale WHERE seq = ?"), arguments: [number]),
                try SaleProof.holds(for: kept)
            else { return false }
            return try twin.map { try Self.progress(of: kept) > Self.progress(of: $0) } ?? true
        }
        if isKept, twin == nil { sales += 1 }
        guard !isKept, twin == nil else { return }
        unreadRows += 1
        if unreadSales.count < RecoveryReport.mostIDs { unreadSales.append(id) }
    }

    private static func progress(of row: Row) throws -> (Int, Int) {
        let machine = try row.registration()
        let rank =
            switch machine.state {
            case .pending: machine.step == .show ? 1 : 0
            case .rejected: 2
            case .ready: 3
            }
        return (rank, machine.attempts)
    }

    private static func progress(of print: PrintRecord) -> Int {
        switch print.machine.state {
        case .queued: 0
        case .printing: 1
        case .printed, .failed, .cancelled, .uncertain: 2
        }
    }

    /// What SQLite and the migrations keep for themselves.
    private func note(_ entry: TablePage.Entry) throws {
        let words = entry.values.compactMap(String.fromDatabaseValue)
        if entry.values.count == 2, words == ["sale"], let last = Int64.fromDatabaseValue(entry.values[1]) {
            lastSale = last
        }
        if entry.values.count == 1, let name = words.first, Schema.isNewer(name) {
            throw OutboxError(
                .newerSchema, "this database was written by a newer Kamkap; recover it with that version")
        }
    }

    /// Undoes what is not as it should be; a fault of the new database's own disk ends everything.
    private func keep(_ body: () throws -> Bool) throws -> Bool {
        rowsSinceCommit += 1
        var isKept = false
        do {
            try db.inSavepoint {
                isKept = try body()
                return isKept ? .commit : .rollback
            }
        } catch  where !DatabaseFault.isStorage(error) {
            return false
        }
        return isKept
    }
}
