import GRDB
public import Outbox
import Sales

/// Brings what can be read of a damaged database into a new one.
///
/// It looks at every page by itself, so it does not matter which others are lost: the leaves of a table hold its rows
/// whole, and the form of a row is known. Each goes into the new database through the table's own rules and our own
/// decoders.
public enum Recovery {
    private static let rowsPerCommit = 2_000
    private static let pagesPerReport = 256

    /// - Parameters:
    ///   - source: the damaged database, with its log. Neither is changed.
    ///   - target: a path without a file yet.
    ///   - terms: who proves the requests that are found.
    /// - Returns: What was found; the new database is closed and complete by itself.
    public static func run(
        from source: String, to target: String, under terms: RecoveryTerms,
        progress: (RecoveryProgress) -> Void = { _ in }
    ) throws(OutboxError) -> RecoveryReport {
        guard let file = PageFile(path: source) else {
            throw OutboxError(.cannotOpen, "\(source) cannot be read, or is empty")
        }
        let queue = try DatabaseOpening.open(path: target)
        do {
            let report = try queue.writeWithoutTransaction { db in
                let hands = try RecoveryTarget(db, terms: terms)
                do { try fill(hands, from: file, in: db, progress: progress) } catch {
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
                return try hands.report(of: file)
            }
            try queue.close()
            return report
        } catch {
            try? queue.close()
            throw DatabaseFault.outboxError(error)
        }
    }

    /// Sales first: jobs and prints belong to them. Slips and invoices of suppliers last: they belong to
    /// jobs.
    private static func fill(
        _ target: RecoveryTarget, from file: PageFile, in db: Database, progress: (RecoveryProgress) -> Void
    ) throws {
        var later: [PageFile.Image] = []
        try db.beginTransaction()
        let images = file.images
        for (index, image) in images.enumerated() {
            guard let bytes = file.bytes(of: image) else {
                target.lostPages += 1
                continue
            }
            guard let page = TablePage(bytes, of: image, in: file) else { continue }
            target.unreadRows += page.unreadable
            var isForLater = false
            for entry in page.entries where try !target.takesNow(entry) { isForLater = true }
            if isForLater { later.append(image) }
            try commitIfDue(target, in: db)
            if index.isMultiple(of: pagesPerReport) {
                progress(RecoveryProgress(page: index, pages: images.count, sales: target.sales))
            }
        }
        var last: [PageFile.Image] = []
        for image in later {
            guard let bytes = file.bytes(of: image), let page = TablePage(bytes, of: image, in: file) else { continue }
            var isForLast = false
            for entry in page.entries where try !target.takesLater(entry) { isForLast = true }
            if isForLast { last.append(image) }
            try commitIfDue(target, in: db)
        }
        for image in last {
            guard let bytes = file.bytes(of: image), let page = TablePage(bytes, of: image, in: file) else { continue }
            for entry in page.entries {
                try target.takeSlip(entry)
                try target.takeSupplierInvoice(entry)
            }
            try commitIfDue(target, in: db)
        }
        try target.registerAll()
        try db.commit()
        try db.checkpoint(.truncate)
    }

    private static func commitIfDue(_ target: RecoveryTarget, in db: Database) throws {
        guard target.rowsSinceCommit >= rowsPerCommit else { return }
        target.rowsSinceCommit = 0
        try db.commit()
        try db.checkpoint(.truncate)
        try db.beginTransaction()
    }
}
