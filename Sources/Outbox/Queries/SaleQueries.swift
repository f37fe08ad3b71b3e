import GRDB
import Journey
import Sales

/// The SQL of sales as they are shown; a test checks it against its query plan.
enum SaleQueries {
    /// Every sale has one registration.
    static let registered = """
        sale CROSS JOIN job INDEXED BY job_of_sale ON job.sale_seq = sale.seq AND job.kind = 'registration'
        """
    /// Its age is its job's, which is corrected if more time has passed than was counted.
    private static let columns = """
        SELECT sale.seq, sale.transaction_id, sale.terminal_id, sale.number, sale.source, sale.received_at, sale.issued_at,
            sale.total, sale.vatable, sale.exempt, sale.vat, sale.document_type, sale.due_on, job.buyer_change,
            job.aged_from,
            \(JobQueries.columns)
        """

    static let one = "\(columns) FROM \(registered) WHERE sale.transaction_id = ?"
    static let numbered = "\(columns) FROM \(registered) WHERE sale.seq = ?"
    static let newest = "\(columns) FROM \(registered) WHERE sale.seq < :before ORDER BY sale.seq DESC LIMIT :limit"
    static let newestByRegistration = """
        \(columns) FROM job INDEXED BY job_registration CROSS JOIN sale ON sale.seq = job.sale_seq
        WHERE job.kind = 'registration' AND job.state = :state AND job.sale_seq < :before
        ORDER BY job.sale_seq DESC LIMIT :limit
        """

    // For a search: the numbers of a condition's sales, newest first, from an index of its own. Each takes the
    // condition's value, the newest number and a limit.
    static let all = "SELECT seq FROM sale WHERE seq <= ? ORDER BY seq DESC LIMIT ?"
    static let ofTerminal = """
        SELECT seq FROM sale INDEXED BY sale_terminal WHERE terminal_id = ? AND seq <= ? ORDER BY seq DESC LIMIT ?
        """
    static let ofNumber = """
        SELECT seq FROM sale INDEXED BY sale_number
        WHERE number = ? AND number <> transaction_id AND seq <= ? ORDER BY seq DESC LIMIT ?
        """
    /// A sale without a number of its own.
    static let ofIDAsNumber = """
        SELECT seq FROM sale WHERE transaction_id = ? AND number = transaction_id AND seq <= ? ORDER BY seq DESC LIMIT ?
        """
    static let ofRegistration = """
        SELECT sale_seq FROM job INDEXED BY job_registration
        WHERE kind = 'registration' AND state = ? AND sale_seq <= ? ORDER BY sale_seq DESC LIMIT ?
        """
    /// Reads past those of other providers, in the index: what is owed to two at a time is little.
    static let ofProvider = """
        SELECT sale_seq FROM job INDEXED BY job_registration
        WHERE kind = 'registration' AND state = ? AND service = ? AND sale_seq <= ? ORDER BY sale_seq DESC LIMIT ?
        """
    static let ofDay = """
        SELECT seq FROM sale INDEXED BY sale_day WHERE issued_day = ? AND seq <= ? ORDER BY seq DESC LIMIT ?
        """
    static let isOfDays = "SELECT EXISTS (SELECT 1 FROM sale WHERE seq = ? AND issued_day BETWEEN ? AND ?)"
    /// Each day that has sales, with its newest one: two steps in the index for each.
    static let days = """
        WITH RECURSIVE day (number) AS (
            SELECT max(issued_day) FROM sale INDEXED BY sale_day
            UNION ALL
            SELECT (SELECT max(issued_day) FROM sale INDEXED BY sale_day WHERE issued_day < day.number)
            FROM day WHERE day.number IS NOT NULL)
        SELECT day.number, (SELECT max(seq) FROM sale INDEXED BY sale_day WHERE issued_day = day.number) AS newest
        FROM day WHERE day.number IS NOT NULL
        """

    /// What papers and requests are made of.
    static let kept = """
        SELECT sale.event, sale.vat_included, sale.vat_rate, sale.rounding, job.buyer_change
        FROM \(registered) WHERE sale.transaction_id = ?
        """

    static let registration = """
        SELECT \(JobQueries.columns) FROM job INDEXED BY job_of_sale WHERE sale_seq = ? AND kind = 'registration'
        """

    static func record(of id: TransactionID, in db: Database) throws -> SaleRecord {
        let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [id.text])
        guard let row else { throw unknown(id) }
        return try record(row, in: db)
    }

    /// With its prints, documents and slips, and its later tax invoice.
    static func record(_ row: Row, in db: Database) throws -> SaleRecord {
        let seq: Int64 = try row.required("seq")
        var record = try row.sale(
            prints: prints(of: seq, in: db), documents: DocumentQueries.documents(ofSale: seq, in: db),
            invoice: SaleInvoiceQueries.invoice(ofSale: seq, in: db))
        record.slips = try SlipQueries.slips(ofSale: seq, in: db)
        return record
    }

    static func shown(_ seq: Int64, in db: Database) throws -> SaleRecord {
        try record(row(seq, in: db), in: db)
    }

    /// Without its documents and slips, which no rule reads.
    static func record(_ seq: Int64, in db: Database) throws -> SaleRecord {
        try row(seq, in: db).sale(
            prints: prints(of: seq, in: db), invoice: SaleInvoiceQueries.invoice(ofSale: seq, in: db))
    }

    private static func row(_ seq: Int64, in db: Database) throws -> Row {
        let row = try Row.fetchOne(db.cachedStatement(sql: numbered), arguments: [seq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        return row
    }

    static func registration(of saleSeq: Int64, in db: Database) throws -> SaleRegistration {
        let row = try Row.fetchOne(db.cachedStatement(sql: registration), arguments: [saleSeq])
        guard let row else { throw OutboxError(.notFound, "there is no such sale any more") }
        return try row.registration()
    }

    static func prints(of saleSeq: Int64, in db: Database) throws -> [PrintRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM print WHERE sale_seq = ? ORDER BY id"), arguments: [saleSeq]
        ).map { try $0.print() }
    }

    static func unknown(_ id: TransactionID) -> OutboxError {
        OutboxError(.notFound, "there is no sale \(id.text)")
    }
}
