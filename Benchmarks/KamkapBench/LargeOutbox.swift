import Foundation
import GRDB
import Outbox

/// A database with many settled sales, each printed. Made once and kept: making it takes half a minute.
///
/// A million of them are five years of 64 tills. Each till counts its papers from 0 to 4,999, and begins again.
struct LargeOutbox {
    static let tills = 64
    private static let numbers = 5_000
    /// Milliseconds since 1970.
    private static let newest = 1_764_608_500_000
    /// Milliseconds from a sale to the next.
    private static let pause = 157_680

    let sales: Int

    /// What the paper of a sale says, and its till.
    func terminal(ofSale seq: Int) -> String { "T\(seq % Self.tills)" }
    func number(ofSale seq: Int) -> String { String(format: "%07d", seq / Self.tills % Self.numbers) }
    func issued(_ seq: Int) -> Date {
        Date(timeIntervalSince1970: Double(Self.newest - (sales - seq) * Self.pause) / 1_000)
    }

    /// Its path, with only those sales in it.
    func path() throws -> String {
        try FileManager.default.createDirectory(at: BenchFolder.data, withIntermediateDirectories: true)
        let path = BenchFolder.data.appendingPathComponent("settled-\(sales).sqlite").path
        do {
            try clean(path)
        } catch {
            // Not there, not complete, or of another version.
            print("  making a database of \(sales) sales in .build/bench-data")
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try make(path)
            try clean(path)
        }
        return path
    }

    /// Removes the sales that an earlier run has posted.
    private func clean(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw BenchmarkError("\(path) is not there") }
        // The gateway's own opening migrates it to this version's tables.
        try Outbox(path: path).close()
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = ON")
            try db.execute(sql: "DELETE FROM sale WHERE seq > ?", arguments: [sales])
            guard try Int.fetchOne(db, sql: "SELECT max(seq) FROM print") == sales else {
                throw BenchmarkError("\(path) is not complete")
            }
            try db.checkpoint(.truncate)
        }
    }

    private func make(_ path: String) throws {
        try Outbox(path: path).close()
        let mark = SampleSale.id(0)
        let texts = [SampleSale.event(0, terminal: "T1"), SampleSale.stub(0)]
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            // It can be made again.
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.inTransaction {
                try db.execute(
                    sql: """
                        WITH RECURSIVE
                            counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < :sales),
                            made (n, id, time) AS (
                                SELECT n, printf('BENCH-%09d', n - 1), :newest - (:sales - n) * :pause FROM counter)
                        INSERT INTO sale (
                            seq, transaction_id, terminal_id, number, source, received_at, aged_from, live_until, issued_at,
                            issued_day, vat_included, vat_rate, rounding, total, vatable, exempt, vat, document_type, event)
                        SELECT n, id, 'T' || (n % :tills), printf('%07d', n / :tills % :numbers), 'uid=1000', time, time,
                            time + 3000, time, (time + 25200000) / 86400000, 1, '0.07', 'line', 40000, 18000, 22000, 1178,
                            'tax_invoice_stub',
                            CAST(replace(:event, :mark, id) AS BLOB)
                        FROM made
                        """,
                    arguments: [
                        "sales": sales, "event": texts[0], "mark": mark, "tills": Self.tills,
                        "numbers": Self.numbers, "newest": Self.newest, "pause": Self.pause,
                    ])
                try db.execute(
                    sql: """
                        INSERT INTO job (
                            seq, sale_seq, kind, service, step, state, attempts, may_have_acted, result, aged_from, live_until,
                            ended_at, request)
                        SELECT seq, seq, 'registration', 'slime', 'follow', 'done', 1, 1,
                            'https://app.thai-document.slime.systems/projects/123456/trading-document-interface/'
                            || transaction_id || '/0123456789abcdef0123456789abcdef',
                            aged_from, live_until, received_at + 400, CAST(replace(:data, :mark, transaction_id) AS BLOB)
                        FROM sale
                        """, arguments: ["data": texts[1], "mark": mark])
                try db.execute(
                    sql: """
                        INSERT INTO print (
                            seq, sale_seq, id, kind, mark, printer, state, with_qr, confirmed_by, requested_at,
                            aged_from, waits_until, finished_at)
                        SELECT seq, seq, 1, 'receipt', 'none', 'front', 'printed', 1, 'process-id', received_at, aged_from,
                            live_until, received_at + 500
                        FROM sale
                        """)
                return .commit
            }
        }
    }
}
