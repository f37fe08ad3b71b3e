import Foundation
import GRDB
import Journey
import Sales

extension Outbox {
    /// How much is owed. It costs as much as is owed, not as was ever sold: every query stays within its part of an
    /// index.
    ///
    /// - Parameter isArchiving: whether files of documents are owed to an archive.
    public func figures(isArchiving: Bool = false) async throws(OutboxError) -> OutboxFigures {
        try await read { [shownAhead] db in
            let ahead = shownAhead()
            let oldest = try Row.fetchOne(db.cachedStatement(sql: FigureQueries.oldestPending))
            let services = try FigureQueries.services(in: db)
            let owed = try FigureQueries.registrationsByService(in: db)
            return OutboxFigures(
                pending: owed.values.reduce(0, +),
                held: services.reduce(0) { $0 + ($1.account.condition == .held ? owed[$1.name] ?? 0 : 0) },
                rejected: try FigureQueries.count(.rejected, in: db),
                rejections: try FigureQueries.rejections(shownAhead: ahead, in: db),
                oldestPending: try oldest.map {
                    .init(
                        id: try $0.transactionID(), receivedAt: try $0.requiredTime("aged_from"),
                        provider: try $0.service(), errorCode: try $0.optional("error_code"))
                },
                prints: try FigureQueries.printQueues(in: db),
                failedPrints: try FigureQueries.failedPrints(shownAhead: ahead, in: db),
                incidents: try FigureQueries.incidents(in: db),
                services: services,
                documents: try DocumentQueries.figures(isArchiving: isArchiving, in: db))
        }
    }
}

/// The SQL of the figures; a test checks each against its query plan.
enum FigureQueries {
    private static let registrations = "FROM job INDEXED BY job_registration"

    static let count = "SELECT count(*) \(registrations) WHERE kind = 'registration' AND state = ?"

    static let registrationsByService = """
        SELECT service, count(*) AS pending \(registrations) WHERE kind = 'registration' AND state = 'pending'
        GROUP BY service
        """

    /// Sales are numbered as they arrive.
    static let oldestPending = """
        SELECT sale.transaction_id, job.aged_from, job.service, job.error_code \(registrations)
            CROSS JOIN sale ON sale.seq = job.sale_seq
        WHERE job.kind = 'registration' AND job.state = 'pending' ORDER BY job.sale_seq LIMIT 1
        """

    static let rejected = """
        SELECT seq, service, error_at, error_code,
            (SELECT transaction_id FROM sale WHERE seq = rejected.sale_seq) AS transaction_id
        FROM job AS rejected INDEXED BY job_rejected_unseen
        WHERE kind = ? AND state = 'rejected' AND rejection_seen = 0 ORDER BY seq LIMIT ?
        """

    static let pendingByService = """
        SELECT service, count(*) AS pending FROM job INDEXED BY job_owed
        WHERE state = 'pending' AND line IN (0, 1) GROUP BY service
        """

    static let printersThatMissed = """
        SELECT DISTINCT printer FROM print INDEXED BY print_missed WHERE is_missed = 1 ORDER BY printer
        """

    static let printersThatMissedDocuments = """
        SELECT DISTINCT printer FROM document_print INDEXED BY document_print_missed WHERE is_missed = 1 ORDER BY printer
        """

    static let missed = """
        SELECT seq, finished_at, requested_at, error,
            (SELECT transaction_id FROM sale WHERE seq = missed.sale_seq) AS transaction_id
        FROM print AS missed INDEXED BY print_missed WHERE is_missed = 1 AND printer = ? ORDER BY seq LIMIT ?
        """

    static let missedDocuments = """
        SELECT seq, finished_at, requested_at, error,
            (SELECT transaction_id FROM sale WHERE seq = missed.sale_seq) AS transaction_id
        FROM document_print AS missed INDEXED BY document_print_missed
        WHERE is_missed = 1 AND printer = ? ORDER BY seq LIMIT ?
        """

    static let incident = "SELECT * FROM incident ORDER BY seq LIMIT ?"

    static let queued = """
        SELECT printer, count(*) AS queued, min(seq) AS first FROM print INDEXED BY print_queued
        WHERE state = 'queued' GROUP BY printer
        """

    static let begun = "SELECT printer, aged_from FROM print INDEXED BY print_begun WHERE state = 'printing'"

    static let agedFrom = "SELECT aged_from FROM print WHERE seq = ?"

    static func count(_ state: SaleRegistration.State, in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: count), arguments: [state.job.rawValue]) ?? 0
    }

    static func registrationsByService(in db: Database) throws -> [ServiceName: Int] {
        var pending: [ServiceName: Int] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: registrationsByService)) {
            pending[try row.service()] = try row.required("pending")
        }
        return pending
    }

    static func services(in db: Database) throws -> [OutboxFigures.Service] {
        var pending: [ServiceName: Int] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: pendingByService)) {
            pending[try row.service()] = try row.required("pending")
        }
        let accounts = try AccountQueries.all(in: db)
        return Set(pending.keys).union(accounts.keys).sorted { $0.rawValue < $1.rawValue }.map {
            .init(name: $0, account: accounts[$0] ?? .up, pending: pending[$0] ?? 0)
        }
    }

    static func rejections(shownAhead: TimeInterval, in db: Database) throws -> OutboxFigures.Rejections? {
        let (sales, invoices) = (
            try rejectedJobs(of: .registration, in: db), try rejectedJobs(of: .saleInvoice, in: db)
        )
        let rows = sales + invoices
        let ends = try rows.compactMap { row in try row.time("error_at").map { (row: row, time: $0) } }
        // Of one kind, the last in their order; of both, the one that ended last.
        let latest = sales.isEmpty || invoices.isEmpty ? ends.last : ends.max { $0.time < $1.time }
        guard let first = ends.map(\.time).min(), let last = latest?.row else { return nil }
        return .init(
            since: first - shownAhead, provider: try last.service(), errorCode: try last.optional("error_code"),
            invoices: invoices.count,
            invoiced: try invoices.suffix(OutboxFigures.maximumNamed).reversed().map { try $0.transactionID() },
            seqs: try rows.map { try $0.required("seq") })
    }

    private static func rejectedJobs(of kind: JobKind, in db: Database) throws -> [Row] {
        try Row.fetchAll(
            db.cachedStatement(sql: rejected), arguments: [kind.rawValue, OutboxFigures.maximumCounted])
    }

    static func failedPrints(shownAhead: TimeInterval, in db: Database) throws -> [OutboxFigures.FailedPrints] {
        let printers = try [printersThatMissed, printersThatMissedDocuments].flatMap {
            try String.fetchAll(db.cachedStatement(sql: $0))
        }
        return try Set(printers).sorted().map { printer in
            // In the order in which they were asked for; of two kinds, in that in which they ended.
            let rows = try [missed, missedDocuments].map {
                try Row.fetchAll(db.cachedStatement(sql: $0), arguments: [printer, OutboxFigures.maximumCounted])
            }
            var ends = try rows.joined().map { row in
                (row: row, time: try row.time("finished_at") ?? row.requiredTime("requested_at"))
            }
            if !rows.contains(where: \.isEmpty) { ends.sort { $0.time < $1.time } }
            let seqs: [[Int64]] = try rows.map { try $0.map { try $0.required("seq") } }
            return .init(
                printer: printer,
                sales: try ends.suffix(OutboxFigures.maximumNamed).reversed().map { try $0.row.transactionID() },
                since: ends.map(\.time).min().map { $0 - shownAhead } ?? .distantPast,
                reason: try ends.last?.row.optional("error"), seqs: seqs[0], documentSeqs: seqs[1])
        }
    }

    static func incidents(in db: Database) throws -> [Incident] {
        try Row.fetchAll(db.cachedStatement(sql: incident), arguments: [OutboxFigures.maximumCounted]).map {
            let subject: String = try $0.required("subject")
            return Incident(
                code: try $0.required("code"), subject: subject.isEmpty ? nil : subject,
                count: try $0.required("count"),
                since: try $0.requiredTime("since"), reason: try $0.optional("reason"))
        }
    }

    static func printQueues(in db: Database) throws -> [OutboxFigures.PrintQueue] {
        var queues: [String: (queued: Int, oldest: Date)] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: queued)) {
            let first: Int64 = try row.required("first")
            let oldest = try Row.fetchOne(db.cachedStatement(sql: agedFrom), arguments: [first])
            guard let oldest = try oldest?.requiredTime("aged_from") else { continue }
            queues[try row.required("printer")] = (try row.required("queued"), oldest)
        }
        for row in try Row.fetchAll(db.cachedStatement(sql: begun)) {
            let printer: String = try row.required("printer")
            let begun = try row.requiredTime("aged_from")
            let known = queues[printer]
            queues[printer] = (known?.queued ?? 0, min(known?.oldest ?? begun, begun))
        }
        let documents =
            try Row.fetchAll(db.cachedStatement(sql: DocumentPrintQueries.queued))
            + Row.fetchAll(db.cachedStatement(sql: DocumentPrintQueries.inHand))
        for row in documents {
            let (printer, oldest) = (try row.required("printer") as String, try row.requiredTime("oldest"))
            let known = queues[printer]
            queues[printer] = (
                try row.required("queued") + (known?.queued ?? 0), min(known?.oldest ?? oldest, oldest)
            )
        }
        return queues.map { .init(printer: $0.key, queued: $0.value.queued, oldestRequestedAt: $0.value.oldest) }
            .sorted { $0.printer < $1.printer }
    }
}
