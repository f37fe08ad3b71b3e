import Foundation
import GRDBSQLite

/// What durability alone costs: one row a commit through SQLite's C API, with the gateway's own settings, in a table with
/// nothing but an id and the two texts of a sale.
struct SQLiteAnchor {
    let folder: BenchFolder

    /// Commits a second.
    func run(seconds: Double) throws -> Double {
        var connection: OpaquePointer?
        try check(sqlite3_open(folder.url.appendingPathComponent("anchor.sqlite").path, &connection), in: connection)
        defer { sqlite3_close(connection) }
        let setUp = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE sale (seq INTEGER PRIMARY KEY, transaction_id TEXT NOT NULL UNIQUE,
                event BLOB NOT NULL, request BLOB NOT NULL) STRICT;
            """
        try check(sqlite3_exec(connection, setUp, nil, nil, nil), in: connection)
        var statement: OpaquePointer?
        let insert = "INSERT INTO sale (transaction_id, event, request) VALUES (?, ?, ?)"
        try check(sqlite3_prepare_v2(connection, insert, -1, &statement, nil), in: connection)
        defer { sqlite3_finalize(statement) }
        let event = Array(SampleSale.event(0, terminal: "T1").utf8)
        let data = Array(SampleSale.stub(0).utf8)
        let begun = ContinuousClock.now
        var rows = 0
        while ContinuousClock.now - begun < .seconds(seconds) {
            // Copied by SQLite: the Swift values may move.
            let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_text(statement, 1, SampleSale.id(rows), -1, copied)
            sqlite3_bind_blob(statement, 2, event, CInt(event.count), copied)
            sqlite3_bind_blob(statement, 3, data, CInt(data.count), copied)
            guard sqlite3_step(statement) == SQLITE_DONE else { throw fault(in: connection) }
            sqlite3_reset(statement)
            rows += 1
        }
        return Double(rows) / ((ContinuousClock.now - begun) / .seconds(1))
    }

    private func check(_ code: CInt, in connection: OpaquePointer?) throws {
        guard code == SQLITE_OK else { throw fault(in: connection) }
    }

    private func fault(in connection: OpaquePointer?) -> BenchmarkError {
        BenchmarkError("SQLite's C API reports: \(String(cString: sqlite3_errmsg(connection)))")
    }
}
