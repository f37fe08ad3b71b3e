import Foundation
import GRDB

/// Opens the one connection that this database ever has.
///
/// One, because SQLite up to 3.51.2 can corrupt a write-ahead log that two connections use
/// (sqlite.org/wal.html#walresetbug).
enum DatabaseOpening {
    static func open(path: String) throws(OutboxError) -> DatabaseQueue {
        do {
            try createPrivately(path)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in
                guard try !Schema.migrator.hasBeenSuperseded(db) else {
                    throw OutboxError(
                        .newerSchema,
                        "the database \(path) was written by a newer Kamkap; install that version, or give this one another file"
                    )
                }
            }
            try Schema.migrator.migrate(queue)
            return queue
        } catch let error as OutboxError {
            throw error
        } catch {
            throw OutboxError(
                .cannotOpen,
                "the database \(path) will not open: \(DatabaseFault.words(for: error)). Keep the file, and try: kamkap recover \(path)"
            )
        }
    }

    // `configuration.journalMode` stays alone: setting it puts synchronous back to NORMAL.
    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "kamkap.outbox"
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // The gateway is the owner: nobody else reads or writes while it runs.
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // SQLite's own checkpoint swallows sync errors; ours runs between batches and does not.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        }
        return configuration
    }

    /// The file exists with mode 0600 before SQLite opens it, and its WAL takes the same mode.
    private static func createPrivately(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw OutboxError(
                .cannotOpen, "cannot create the database \(path): check that its directory can be written")
        }
    }
}

/// SQLite's result codes as people and the gateway need them. SQL arguments never stand in an error: they are sales.
enum DatabaseFault {
    static func words(for error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(type(of: error))" }
        return "\(error.message ?? "no message") (SQLite \(error.extendedResultCode.rawValue))"
    }

    /// Whether the disk, not the statement, is at fault.
    static func isStorage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY, .SQLITE_CANTOPEN,
            .SQLITE_NOMEM, .SQLITE_PROTOCOL:
            return true
        default: return false
        }
    }

    static func outboxError(_ error: any Error) -> OutboxError {
        if let error = error as? OutboxError { return error }
        let message = "the database reports: \(words(for: error))"
        if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { return OutboxError(.full, message) }
        return OutboxError(isStorage(error) ? .storage : .query, message)
    }
}
