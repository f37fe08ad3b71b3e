import Foundation
import GRDB
import Sales

/// The SQL of documents; a test checks it against its query plan.
enum DocumentQueries {
    private static let columns = """
        document.id, document.sequence, document.readied_at, document.pdf_size, document.xml_size,
        document.pdf_archived, document.xml_archived
        """

    static let ofSale = """
        SELECT \(columns) FROM document INDEXED BY document_of_sale WHERE sale_seq = ? ORDER BY sequence
        """
    static let one = """
        SELECT \(columns), sale.transaction_id FROM document CROSS JOIN sale ON sale.seq = document.sale_seq
        WHERE document.id = ?
        """

    /// The first of them may have been dated by a wrong clock.
    static let firstReceived = """
        SELECT min(received_at) AS first FROM (SELECT received_at FROM sale ORDER BY seq LIMIT 1000)
        """
    static let isAnyRegistered = """
        SELECT EXISTS (
            SELECT 1 FROM job INDEXED BY job_registration WHERE kind = 'registration' AND state = 'done')
        """
    static let stream = "SELECT next_attempt_at FROM job WHERE kind = 'document_stream' AND key = ?"
    static let pause = "UPDATE job SET next_attempt_at = NULL WHERE kind = 'document_stream' AND key = ?"
    static let resume = """
        UPDATE job SET next_attempt_at = ?1 WHERE kind = 'document_stream' AND key = ?2 AND next_attempt_at IS NULL
        """

    /// Only for a sale that is here.
    private static let insert = """
        INSERT INTO document (sale_seq, service, id, sequence, readied_at, pdf_size, xml_size, aged_from)
        SELECT seq, ?, ?, ?, ?, ?, ?, ? FROM sale WHERE transaction_id = ? ON CONFLICT (id) DO NOTHING
        """

    static let date = """
        UPDATE document SET readied_at = ?, pdf_size = ?, xml_size = ?
        WHERE id = ? AND readied_at IS NULL AND pdf_archived = 0 AND xml_archived = 0
        """

    static let unasked = """
        SELECT document.seq, document.sale_seq, document.id, document.pdf_archived, document.xml_archived,
            sale.transaction_id
        FROM document INDEXED BY document_unasked CROSS JOIN sale ON sale.seq = document.sale_seq
        WHERE document.service = ? AND document.files_asked = 0 ORDER BY document.seq LIMIT ?
        """
    static let isAnyUnasked = """
        SELECT EXISTS (SELECT 1 FROM document INDEXED BY document_unasked WHERE service = ? AND files_asked = 0)
        """
    static let fileJobs = """
        SELECT seq, key FROM job INDEXED BY job_key
        WHERE kind = 'document_file' AND key IS NOT NULL AND service = ? ORDER BY key LIMIT ?
        """

    private static let notArchived = """
        FROM document INDEXED BY document_unarchived WHERE (pdf_archived = 0 OR xml_archived = 0)
        """
    static let unarchived = "SELECT count(*) FROM (SELECT 1 \(notArchived) LIMIT ?)"
    static let oldestUnarchived = "SELECT aged_from \(notArchived) ORDER BY seq LIMIT 1"

    private static let passedOver = "documents-passed-over"

    static func firstSale(in db: Database) throws -> Date? {
        try Row.fetchOne(db.cachedStatement(sql: firstReceived))?.time("first")
    }

    /// Whether more files are due than are in work.
    static let dueFiles = """
        SELECT count(*) FROM (
            SELECT 1 FROM job INDEXED BY job_owed
            WHERE service = ? AND state = 'pending' AND line = 2 AND next_attempt_at <= ? LIMIT ?)
        """

    static func documents(ofSale seq: Int64, in db: Database) throws -> [DocumentRecord] {
        try Row.fetchAll(db.cachedStatement(sql: ofSale), arguments: [seq]).map { try $0.document() }
    }

    static func document(_ id: DocumentID, in db: Database) throws -> SaleDocument? {
        try Row.fetchOne(db.cachedStatement(sql: one), arguments: [id.text]).map {
            SaleDocument(sale: try $0.transactionID(), record: try $0.document())
        }
    }

    /// Keeps a document if its sale is here and it is not known yet. Nil if this store has no such sale.
    static func insert(
        _ document: ProvidedDocument, of service: ServiceName, at now: Date, into db: Database
    ) throws -> (isNew: Bool, sale: TransactionID)? {
        guard let sale = TransactionID(document.transactionID) else { return nil }
        try db.cachedStatement(sql: insert).execute(arguments: [
            service.rawValue, document.id.text, document.sequence, document.readiedAt?.milliseconds,
            document.sizes.pdf, document.sizes.xml, now.milliseconds, sale.text,
        ])
        if db.changesCount > 0 { return (true, sale) }
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM sale WHERE transaction_id = ?)"),
            arguments: [sale.text])
        return isKnown == true ? (false, sale) : nil
    }

    static func countPassedOver(_ count: Int, in db: Database) throws {
        guard count > 0 else { return }
        try db.cachedStatement(
            sql: """
                INSERT INTO tally (name, count) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET count = count + excluded.count
                """
        ).execute(arguments: [passedOver, count])
    }

    /// - Parameter isArchiving: whether files are owed to an archive at all.
    static func figures(isArchiving: Bool, in db: Database) throws -> DocumentFigures {
        var figures = DocumentFigures()
        figures.passedOver =
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT count FROM tally WHERE name = ?"), arguments: [passedOver]) ?? 0
        guard isArchiving else { return figures }
        figures.unarchived =
            try Int.fetchOne(db.cachedStatement(sql: unarchived), arguments: [DocumentFigures.maximumCounted]) ?? 0
        figures.oldestUnarchived = try Row.fetchOne(db.cachedStatement(sql: oldestUnarchived))?.time("aged_from")
        return figures
    }
}

extension Row {
    func documentID() throws -> DocumentID {
        guard let id = DocumentID(try required("id")) else {
            throw OutboxError(.query, "a row has an unreadable id: was the database edited by hand?")
        }
        return id
    }

    /// From a row that was read with the columns of ``DocumentQueries``.
    func document() throws -> DocumentRecord {
        DocumentRecord(
            id: try documentID(), sequence: try required("sequence"), readiedAt: try time("readied_at"),
            sizes: DocumentSizes(pdf: try optional("pdf_size"), xml: try optional("xml_size")),
            archived: try archived())
    }

    func archived() throws -> Set<DocumentForm> {
        Set(try DocumentForm.allCases.filter { try required("\($0.rawValue)_archived") })
    }
}
