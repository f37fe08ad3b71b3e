import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxFiguresTests {
    private let failure = Failure(code: "SchemaViolation", message: "no", at: Fixture.now)

    @Test("what is owed is counted, with the oldest of it")
    func counts() async throws {
        try await withOutbox { outbox, _ in
            #expect(
                try await outbox.figures()
                    == OutboxFigures(
                        pending: 0, held: 0, rejected: 0, rejections: nil, oldestPending: nil, prints: [],
                        failedPrints: [],
                        incidents: [], services: []))
            let first = try await outbox.accepted(Fixture.sale("A", receivedAt: Fixture.now - 60))
            _ = try await outbox.accepted(Fixture.sale("B", receivedAt: Fixture.now - 30, printer: "back"))
            let third = try await outbox.accepted(Fixture.sale("C", printer: nil))
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: third.registration.job, at: Fixture.now)
            let figures = try await outbox.figures()
            #expect(figures.pending == 2)
            #expect(figures.rejected == 1)
            #expect(
                figures.rejections
                    == .init(
                        since: Fixture.now, provider: .slime, errorCode: "SchemaViolation",
                        seqs: [third.registration.job])
            )
            #expect(figures.services == [.init(name: .slime, account: .up, pending: 2)])
            #expect(figures.pending(of: .slime) == 2)
            #expect(figures.pending(of: ServiceName(rawValue: "another")) == 0)
            #expect(figures.oldestPending?.provider == .slime)
            #expect(figures.oldestPending?.id.text == "A")
            #expect(figures.oldestPending?.receivedAt == Fixture.now - 60)
            #expect(
                figures.prints == [
                    .init(printer: "back", queued: 1, oldestRequestedAt: Fixture.now - 30),
                    .init(printer: "front", queued: 1, oldestRequestedAt: Fixture.now - 60),
                ])
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x/y")], toJob: first.registration.job, at: Fixture.now)
            #expect(try await outbox.figures().oldestPending?.id.text == "B")
        }
    }

    @Test("a print in the printer's hands is owed as well, and counts as none that waits")
    func begun() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply(.began, toPrint: try #require(sale.prints.first).seq)
            let figures = try await outbox.figures()
            #expect(figures.prints == [.init(printer: "front", queued: 0, oldestRequestedAt: Fixture.now)])
        }
    }

    @Test(
        "no figure scans a table",
        arguments: [
            FigureQueries.count, FigureQueries.oldestPending, FigureQueries.rejected, FigureQueries.queued,
            FigureQueries.printersThatMissed, FigureQueries.missed, FigureQueries.incident, FigureQueries.begun,
            FigureQueries.agedFrom, AccountQueries.all, FigureQueries.pendingByService,
            DocumentQueries.unarchived, DocumentQueries.oldestUnarchived, DocumentPrintQueries.queued,
            DocumentPrintQueries.inHand, FigureQueries.printersThatMissedDocuments, FigureQueries.missedDocuments,
        ])
    func plan(sql: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: path).close()
            let plan = try await DatabaseQueue(path: path).read { db in
                try Row.fetchAll(
                    db, sql: "EXPLAIN QUERY PLAN " + sql,
                    arguments: StatementArguments(Array(repeating: 1, count: sql.count { $0 == "?" }))
                )
                .map { $0["detail"] as String }
            }
            #expect(!plan.isEmpty)
            for step in plan {
                // A partial index holds what is owed and nothing else.
                let isBounded =
                    Self.partialIndexes.contains { step.contains("INDEX \($0)") }
                    || Self.bounded.contains { step.hasPrefix($0) }
                #expect(isBounded, "\(step)")
            }
        }
    }

    private static let partialIndexes = [
        "print_queued", "print_begun", "print_missed", "job_rejected_unseen", "job_owed", "document_unarchived",
        "document_print_queued", "document_print_begun", "document_print_missed",
    ]
    private static let bounded = [
        "SEARCH", "CO-ROUTINE", "SCAN (subquery", "CORRELATED SCALAR SUBQUERY", "SCAN incident", "SCAN service_account",
    ]

    @Test("100,000 settled sales cost nothing, and 100,000 that are owed are counted in a blink")
    func large() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: path).close()
            try await fill(path, with: 100_000, job: "done", print: "printed")
            #expect(try await timeOfFigures(path, expecting: 0) < .milliseconds(50))
            try await fill(path, with: 100_000, job: "pending", print: "queued")
            #expect(try await timeOfFigures(path, expecting: 100_000) < .milliseconds(500))
        }
    }

    private func timeOfFigures(_ path: String, expecting count: Int) async throws -> Duration {
        let outbox = try Outbox(path: path)
        let begun = ContinuousClock.now
        let figures = try await outbox.figures()
        let time = ContinuousClock.now - begun
        #expect(figures.pending == count)
        #expect(figures.prints.reduce(0) { $0 + $1.queued } == count)
        try outbox.close()
        return time
    }

    private func fill(_ path: String, with count: Int, job: String, print: String) async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM sale") ?? 0
            try db.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i < :to)
                    INSERT INTO sale (
                        transaction_id, number, source, received_at, aged_from, live_until, issued_at, issued_day, vat_included,
                        vat_rate, rounding, total, vatable, exempt, vat, document_type, event)
                    SELECT 'T' || i, 'T' || i, 'x', i, i, i, i, 0, 1, '0.07', 'line', 1, 1, 0, 0, 'tax_invoice_stub',
                        zeroblob(500) FROM n
                    """, arguments: ["from": before + 1, "to": before + count])
            try db.execute(
                sql: """
                    INSERT INTO job (
                        sale_seq, kind, service, step, state, next_attempt_at, aged_from, live_until, request)
                    SELECT seq, 'registration', 'slime', 'begin', ?, seq, aged_from, live_until, zeroblob(300)
                    FROM sale WHERE seq > ?
                    """, arguments: [job, before])
            try db.execute(
                sql: """
                    INSERT INTO print (sale_seq, id, kind, mark, printer, state, requested_at, aged_from, waits_until)
                    SELECT seq, 1, 'receipt', 'none', 'front', ?, received_at, aged_from, 0 FROM sale WHERE seq > ?
                    """, arguments: [print, before])
        }
        try queue.close()
    }
}
