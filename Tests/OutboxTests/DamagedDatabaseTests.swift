import Foundation
import GRDB
import TestOutbox
import Testing

@testable import Outbox

@Suite struct DamagedDatabaseTests {
    /// A database with enough sales to have some depth.
    private func withClosedDatabase(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<120 { group.addTask { _ = try await outbox.accepted(Fixture.sale("S-\(number)")) } }
                try await group.waitForAll()
            }
            try outbox.close()
            try await body(path)
        }
    }

    @Test(
        "damage is told from everything else, names the command to try, and the file stays", arguments: Damage.allCases)
    func damaged(_ damage: Damage) async throws {
        try await withClosedDatabase { path in
            try damage.strike(path)
            let before = try? Data(contentsOf: URL(fileURLWithPath: path))
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("kamkap recover \(path)") == true)
            #expect((try? Data(contentsOf: URL(fileURLWithPath: path))) == before)
        }
    }

    @Test("damage in the middle is not seen at the opening, and ends the outbox where it is met")
    func later() async throws {
        try await withClosedDatabase { path in
            let queue = try DatabaseQueue(path: path)
            let pages = try await queue.read { db in try Self.leaves(of: db) }
            try queue.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.overwrite(Data(count: 4_096), at: pages[pages.count / 2])
            let outbox = try Outbox(path: path)
            let error = await #expect(throws: OutboxError.self) { try await outbox.sales(limit: 500) }
            #expect(error?.code == .damaged)
            #expect(await outbox.failure()?.code == .damaged)
            #expect(!outbox.isOpen)
        }
    }

    /// Where the leaves of the table of sales begin, found by looking at each page.
    private static func leaves(of db: Database) throws -> [Int] {
        let path = try String.fetchOne(db, sql: "SELECT file FROM pragma_database_list")
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try #require(path))))
        return stride(from: 4_096, to: bytes.count, by: 4_096).filter { offset in
            // A leaf of a table that holds an event.
            bytes[offset] == 0x0d && bytes[offset..<offset + 4_096].contains(sequence: Array("line_items".utf8))
        }
    }

    @Test("what only cannot be had now is no damage")
    func notDamage() async throws {
        try await withTemporaryFolder { folder in
            // A folder stands there; a file is in the way of the folder; another program's database.
            let file = folder.appendingPathComponent("file")
            try Data("x".utf8).write(to: file)
            let foreign = folder.appendingPathComponent("foreign.sqlite").path
            let queue = try DatabaseQueue(path: foreign)
            try await queue.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
            try queue.close()
            for path in [folder.path, file.appendingPathComponent("outbox.sqlite").path, foreign] {
                let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
                #expect(error?.code == .cannotOpen)
            }
        }
        try await withOutbox { _, path in
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == .cannotOpen)
        }
    }

    @Test("an empty file is a new database")
    func empty() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Data().write(to: URL(fileURLWithPath: path))
            try Data().write(to: URL(fileURLWithPath: path + "-wal"))
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("A"))
            try outbox.close()
        }
    }
}

extension Collection where Element: Equatable {
    func contains(sequence: [Element]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
