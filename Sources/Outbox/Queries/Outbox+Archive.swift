import GRDB

// The folder in which files of documents are kept: after a restart it must be the same.
extension Outbox {
    /// The id of the archive that was used in a folder; nil if none was.
    public func archive(in folder: String) async throws(OutboxError) -> String? {
        try await read { db in
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT id FROM archive WHERE folder = ?"), arguments: [folder])
        }
    }

    /// Remembers the archive that is used in a folder.
    public func setArchive(_ id: String, in folder: String) async throws(OutboxError) {
        try await write { db, _ in
            try db.cachedStatement(
                sql: """
                    INSERT INTO archive (folder, id) VALUES (?, ?) ON CONFLICT (folder) DO UPDATE SET id = excluded.id
                    """
            ).execute(arguments: [folder, id])
        }
    }
}
