import Foundation
package import GRDB

/// Opens the one connection that this database ever has.
///
/// One, because SQLite up to 3.51.2 can corrupt a write-ahead log that two connections use
/// (sqlite.org/wal.html#walresetbug).
package enum DatabaseOpening {
    /// Distinguishes damage from what is only unavailable now: a lock, a permission, a missing folder.
    ///
    /// - Parameter birth: what a new database keeps of its beginning.
    package static func open(
        path: String, birth: DatabaseBirth? = nil
    ) throws(OutboxError) -> DatabaseQueue {
        do {
            try checkFiles(path)
            try createPrivately(path)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in
                try SchemaCheck.refuseOthers(db, path: path)
                try SchemaCheck.check(db, path: path)
            }
            try Schema.migrations(keeping: birth).migrate(queue)
            try queue.read { db in try SchemaCheck.touchEnds(db) }
            return queue
        } catch let error as OutboxError {
            throw error
        } catch  where DatabaseFault.isDamage(error) {
            throw damaged(path, DatabaseFault.message(of: error))
        } catch {
            throw OutboxError(
                .cannotOpen,
                "the database \(path) will not open: \(DatabaseFault.message(of: error)). The file is left as it is: see whether another process has it open, whether this user may write it, and whether the disk is well"
            )
        }
    }

    static func damaged(_ path: String, _ reason: String) -> OutboxError {
        OutboxError(
            .damaged, "the database \(path) is damaged: \(reason). Keep the file, and try: kamkap recover \(path)")
    }

    // `configuration.journalMode` is left alone: setting it puts synchronous back to NORMAL.
    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "kamkap.outbox"
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // The gateway is the owner: nobody else reads or writes while it runs.
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            // Recovery relies on this, however SQLite was built.
            try db.execute(sql: "PRAGMA page_size = \(PageFile.pageSize)")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // SQLite's own checkpoint swallows sync errors; ours runs between batches and does not.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            // Purged data is gone from the file as well, and recovery meets no deleted rows.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// Checks what has to be seen before SQLite opens the file. SQLite removes a log that it cannot read, or whose
    /// database is gone, and with it every sale that is only there. The descriptors are closed before SQLite locks the
    /// file: closing one later would give up the process's locks.
    private static func checkFiles(_ path: String) throws(OutboxError) {
        let size = FileSize.of(path) ?? 0
        if size == 0, FileSize.of(path + "-wal") ?? 0 > 0 {
            throw damaged(path, "it is missing or empty, and its log \(path)-wal is not")
        }
        guard let file = PageFile(path: path) else { return }
        if file.log.isDamaged { throw damaged(path, "commits in its log \(path)-wal cannot be read") }
        // If the log has the first page, that one counts.
        guard size > 0, file.log.offsets[1] == nil,
            let header = file.bytes(of: PageFile.Image(number: 1, isLate: false))
        else { return }
        guard header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw damaged(path, "it does not begin as a database does")
        }
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

enum FileSize {
    /// Bytes; nil if there is no such file.
    static func of(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
    }
}
