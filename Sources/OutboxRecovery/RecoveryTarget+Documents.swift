import GRDB
import Journey
import Outbox
import Sales

// What the provider has made of sales, and what was put on paper of it.
extension RecoveryTarget {
    /// A freed page may hold an earlier state of a document: the one with more in the archive is kept. What is not there is
    /// asked for again.
    func takeDocument(_ row: [DatabaseValue], seq: Int64) throws {
        func kept() throws -> Row? {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT *, pdf_archived + xml_archived AS files FROM document WHERE seq = ?"),
                arguments: [seq])
        }
        let twin = try kept()
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM document WHERE seq = ?", arguments: [seq]) }
            try documentShape.insert(row, into: db)
            try db.execute(sql: "UPDATE document SET files_asked = 0 WHERE seq = ?", arguments: [seq])
            guard let kept = try kept(), DocumentID(try kept.required("id")) != nil else { return false }
            let files: Int = try kept.required("files")
            return try twin.map { try files > $0.required("files") } ?? true
        }
        if !isKept, twin == nil { unreadRows += 1 }
    }

    /// A freed page may hold an earlier state of a print: the one that got further is kept.
    func takeDocumentPrint(_ row: [DatabaseValue], seq: Int64) throws {
        func kept() throws -> DocumentPrint? {
            try Row.fetchOne(db.cachedStatement(sql: DocumentPrintQueries.one), arguments: [seq])?.documentPrint()
        }
        let twin = try kept()
        let isKept = try keep {
            if twin != nil { try db.execute(sql: "DELETE FROM document_print WHERE seq = ?", arguments: [seq]) }
            try documentPrintShape.insert(row, into: db)
            guard let kept = try kept() else { return false }
            return twin.map { Self.progress(of: kept.machine) > Self.progress(of: $0.machine) } ?? true
        }
        if !isKept, twin == nil { unreadRows += 1 }
    }

    /// What was on its way to paper does not get there: its bytes are not recovered. The alarm of failed prints says so to
    /// staff. Returns how many.
    func endDocumentPrints() throws -> Int {
        try db.execute(
            sql: """
                UPDATE document_print SET is_missed = 1, finished_at = requested_at,
                    state = CASE state WHEN 'queued' THEN 'failed' ELSE 'uncertain' END,
                    error = CASE state WHEN 'queued' THEN 'the document was lost with a damaged database; ask for it again'
                        ELSE 'the database was damaged while it was printed' END
                WHERE state IN ('queued', 'printing')
                """)
        return db.changesCount
    }
}
