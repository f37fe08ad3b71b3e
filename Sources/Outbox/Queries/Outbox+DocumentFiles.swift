public import Foundation
import GRDB
import Journey
public import Sales

// The files of documents, for the archive.
extension Outbox {
    /// A document with its sale; nil if it is not known.
    public func document(_ id: DocumentID) async throws(OutboxError) -> SaleDocument? {
        try await read { db in try DocumentQueries.document(id, in: db) }
    }

    /// Keeps when a document was made, and its sizes, if that was not known and none of its files is archived: where they
    /// stand goes by that time. Nil if the document is not known.
    public func date(_ document: ProvidedDocument) async throws(OutboxError) -> SaleDocument? {
        try await write { db, _ in
            try db.cachedStatement(sql: DocumentQueries.date).execute(arguments: [
                document.readiedAt?.milliseconds, document.sizes.pdf, document.sizes.xml, document.id.text,
            ])
            return try DocumentQueries.document(document.id, in: db)
        }
    }

    /// Whether the service owes more files now than so many.
    public func owesFiles(
        _ service: ServiceName, moreThan count: Int, at now: Date
    ) async throws(OutboxError) -> Bool {
        try await read { db in
            let due = try Int.fetchOne(
                db.cachedStatement(sql: DocumentQueries.dueFiles),
                arguments: [service.rawValue, now.milliseconds, count + 1])
            return due ?? 0 > count
        }
    }

    /// Makes a job for each file that is not in the archive, of the documents that no job was made for yet.
    ///
    /// They are made a few at a time, when the worker has nothing else to do about documents: a commit that brings
    /// hundreds of documents while tills sell stays short, and a million documents that no archive wants have no
    /// million jobs.
    ///
    /// - Parameter limit: the most documents to look at.
    /// - Returns: For how many documents.
    public func askForFiles(
        of service: ServiceName, at now: Date, atMost limit: Int
    ) async throws(OutboxError) -> Int {
        let isAny = try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: DocumentQueries.isAnyUnasked), arguments: [service.rawValue])
        }
        guard isAny == true else { return 0 }
        return try await write { db, log in
            log.wake(.jobs(of: service))
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: DocumentQueries.unasked), arguments: [service.rawValue, limit])
            let asked = try db.cachedStatement(sql: "UPDATE document SET files_asked = 1, aged_from = ? WHERE seq = ?")
            for row in rows {
                let sale = (seq: try row.required("sale_seq") as Int64, id: try row.transactionID())
                let (id, archived) = (try row.documentID(), try row.archived())
                for form in DocumentForm.allCases where !archived.contains(form) {
                    let job = NewJob(
                        kind: .documentFile, service: service, key: "\(DocumentFile(id, form))", request: [])
                    _ = try JobQueries.insert(job, of: sale, arrival: .documents(at: now), into: db)
                }
                // An archive that is new is not behind with what was made before it.
                try asked.execute(arguments: [now.milliseconds, try row.required("seq") as Int64])
            }
            return rows.count
        }
    }

    /// Removes the jobs of files that no archive wants any more; ``askForFiles(of:at:atMost:)`` makes them again.
    ///
    /// - Returns: Whether there are more.
    public func dropFileJobs(of service: ServiceName, atMost limit: Int) async throws(OutboxError) -> Bool {
        try await write { db, _ in
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: DocumentQueries.fileJobs), arguments: [service.rawValue, limit])
            let unasked = try db.cachedStatement(sql: "UPDATE document SET files_asked = 0 WHERE id = ?")
            let delete = try db.cachedStatement(sql: "DELETE FROM job WHERE seq = ?")
            for row in rows {
                if let file = DocumentFile(try row.required("key")) {
                    try unasked.execute(arguments: [file.document.text])
                }
                try delete.execute(arguments: [try row.required("seq") as Int64])
            }
            return rows.count == limit
        }
    }

    /// A file is in the archive. Its job is over and leaves no row: the document says what is archived.
    public func fileArchived(job seq: Int64) async throws(OutboxError) {
        try await write { db, log in
            let job = try JobQueries.job(seq, in: db)
            var machine = job.machine
            try machine.applyOrConflict(.begun())
            try machine.applyOrConflict(.done(result: nil))
            let key = try String.fetchOne(
                db.cachedStatement(sql: "SELECT key FROM job WHERE seq = ?"), arguments: [seq])
            guard job.kind == .documentFile, let file = key.flatMap(DocumentFile.init) else {
                throw OutboxError(.conflict, "the job is about no file of a document")
            }
            try db.cachedStatement(sql: "DELETE FROM job WHERE seq = ?").execute(arguments: [seq])
            try db.cachedStatement(sql: "UPDATE document SET \(file.form.rawValue)_archived = 1 WHERE id = ?")
                .execute(arguments: [file.document.text])
            log.wake(.jobs(of: job.service))
            if let document = try DocumentQueries.document(file.document, in: db), document.record.isArchived {
                log.add(.document(document.sale, document.record))
            }
        }
    }
}
