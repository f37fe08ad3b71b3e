import Foundation
import GRDB
import Testing

@testable import Outbox

@Suite struct DatabaseOpeningTests {
    @Test("every commit is synced: the pragmas are read back")
    func pragmas() async throws {
        try await withOutbox { outbox, path in
            let pragmas = try await outbox.read { db in
                try [
                    "journal_mode", "synchronous", "wal_autocheckpoint", "locking_mode", "foreign_keys",
                    "page_size", "secure_delete",
                ].map {
                    try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
                }
            }
            #expect(pragmas == ["wal", "2", "0", "exclusive", "1", "4096", "1"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a second owner is refused")
    func exclusive() async throws {
        try await withOutbox { outbox, path in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == .cannotOpen)
        }
    }

    @Test("a database of a newer Kamkap is refused and left as it is")
    func newerSchema() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: path).close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')")
            }
            try queue.close()
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == .newerSchema)
        }
    }

    @Test(
        "what is no database is refused with the command to try, and kept",
        arguments: [Data("this is no database, only some text\n".utf8), Data(count: 4_096)])
    func notADatabase(content: Data) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("outbox.sqlite")
            // A file of zeros is no header; SQLite takes only an empty file for a new database.
            try (content + Data([1])).write(to: file)
            let error = #expect(throws: OutboxError.self) { try Outbox(path: file.path) }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("kamkap recover \(file.path)") == true)
            #expect(try Data(contentsOf: file) == content + Data([1]))
        }
    }

    @Test("every query that says what is owed runs on an index of its own")
    func queryPlans() async throws {
        try await withOutbox { outbox, _ in
            let plans = try await outbox.read { db in
                try [
                    "SELECT seq FROM sale INDEXED BY sale_owed WHERE registration = 'pending' AND waits_apart = 0 AND next_attempt_at <= 5 ORDER BY next_attempt_at",
                    "SELECT min(next_attempt_at) FROM sale INDEXED BY sale_owed WHERE registration = 'pending' AND waits_apart = 1 AND next_attempt_at > 5",
                    "SELECT seq FROM sale INDEXED BY sale_live WHERE registration = 'pending' AND priority = 0 AND live_until > 5 ORDER BY live_until",
                    "SELECT seq FROM sale WHERE registration = 'ready' AND seq < 5 ORDER BY seq DESC",
                    "SELECT seq FROM print WHERE state = 'printing' ORDER BY seq",
                    "SELECT seq FROM print INDEXED BY print_queued WHERE printer = 'x' AND state = 'queued' ORDER BY priority, seq",
                ].map { try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \($0)").map { $0["detail"] as String }.joined() }
            }
            for plan in plans {
                #expect(plan.contains("USING") && plan.contains("INDEX") && !plan.contains("TEMP B-TREE"))
            }
        }
    }
}
