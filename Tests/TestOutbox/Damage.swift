package import Foundation
import GRDB

/// What happens to databases, done to one that is closed.
package enum Damage: String, CaseIterable {
    case cutShort, cutToOnePage, zeroed, headerZeroed, schemaZeroed, text, rootZeroed, indexLost, migrationsLost
    case missingBesideItsLog, emptyBesideItsLog

    package func strike(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = Int(try file.seekToEnd())
        switch self {
        case .cutShort: try file.truncate(atOffset: UInt64(size * 2 / 5))
        case .cutToOnePage: try file.truncate(atOffset: 4_096)
        case .zeroed: try file.overwrite(Data(count: size), at: 0)
        case .headerZeroed: try file.overwrite(Data(count: 100), at: 0)
        case .schemaZeroed: try file.overwrite(Data(count: 4_096 - 100), at: 100)
        case .text: try Data("this is no database, only some text\n".utf8).write(to: URL(fileURLWithPath: path))
        case .rootZeroed: try file.overwrite(Data(count: 4_096), at: try Self.root(of: "sale", in: path))
        case .indexLost: try Self.execute("DROP INDEX job_owed", in: path)
        case .migrationsLost: try Self.execute("DROP TABLE grdb_migrations", in: path)
        case .missingBesideItsLog:
            try FileManager.default.removeItem(atPath: path)
            try Data(count: 8_192).write(to: URL(fileURLWithPath: path + "-wal"))
        case .emptyBesideItsLog:
            try file.truncate(atOffset: 0)
            try Data(count: 8_192).write(to: URL(fileURLWithPath: path + "-wal"))
        }
    }

    /// Where a table's root page begins.
    package static func root(of table: String, in path: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        let page = try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
        }
        guard let page else { throw FixtureError() }
        return (page - 1) * 4_096
    }

    private static func execute(_ sql: String, in path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

extension FileHandle {
    package func overwrite(_ data: Data, at offset: Int) throws {
        try seek(toOffset: UInt64(offset))
        try write(contentsOf: data)
    }
}
