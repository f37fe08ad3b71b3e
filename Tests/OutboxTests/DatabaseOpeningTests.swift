import Foundation
import GRDB
import TestOutbox
import Testing

@testable import Outbox

@Suite struct DatabaseOpeningTests {
    @Test("every commit is synced: the pragmas are read back")
    func pragmas() async throws {
        try await withOutbox { outbox, path in
            let pragmas = try await outbox.read { db in
                try [
                    "journal_mode", "synchronous", "wal_autocheckpoint", "locking_mode", "foreign_keys",
                    "page_size", "secure_delete",
                ].map {
                    try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
                }
            }
            #expect(pragmas == ["wal", "2", "0", "exclusive", "1", "4096", "1"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a second owner is refused")
    func exclusive() async throws {
        try await withOutbox { outbox, path in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == .cannotOpen)
        }
    }

    @Test(
        "a database of another version is refused with what to do, and left as it is",
        arguments: [
            ("99 from the future", OutboxError.Code.newerSchema, "install that version"),
            ("1 sales, prints, account, incidents, clock", .olderSchema, "Let 0.1 finish what it owes"),
            ("1 sales, prints, account, incidents", .olderSchema, "move the file away"),
        ])
    func otherVersion(migration: String, code: OutboxError.Code, remedy: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: path).close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in
                if code == .olderSchema { try db.execute(sql: "DELETE FROM grdb_migrations") }
                try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [migration])
            }
            try queue.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = #expect(throws: OutboxError.self) { try Outbox(path: path) }
            #expect(error?.code == code)
            #expect(error?.message.contains(remedy) == true && error?.message.contains(path) == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test(
        "what is no database is refused with the command to try, and kept",
        arguments: [Data("this is no database, only some text\n".utf8), Data(count: 4_096)])
    func notADatabase(content: Data) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("outbox.sqlite")
            // A file of zeros is no header; SQLite takes only an empty file for a new database.
            try (content + Data([1])).write(to: file)
            let error = #expect(throws: OutboxError.self) { try Outbox(path: file.path) }
            #expect(error?.code == .damaged)
            #expect(error?.message.contains("kamkap recover \(file.path)") == true)
            #expect(try Data(contentsOf: file) == content + Data([1]))
        }
    }

    @Test(
        "every query of a worker or of whoever lists sales runs on an index of its own, and sorts nothing",
        arguments: [
            JobQueries.waiting, JobQueries.backlog, JobQueries.apart, JobQueries.files, JobQueries.streams,
            JobQueries.nextDue,
            JobQueries.pendingCount,
            JobQueries.owesOrdinary, JobQueries.hasUnknownEnd, JobQueries.owingServices, JobQueries.request,
            WithdrawalQueries.job,
            WithdrawalQueries.context,
            SaleInvoiceQueries.invoice, JobQueries.isAnyPutOff, JobQueries.makeDue,
            JobQueries.whole,
            JobQueries.withSale, JobQueries.pending, JobQueries.withQueuedPrints, PrintQueries.nextDue,
            PrintQueries.coming, PrintQueries.nextWaitOver, PrintQueries.queuedByPrinter, PrintQueries.begun,
            PrintQueries.reroute(keeping: 2), SaleQueries.one, SaleQueries.numbered, SaleQueries.registration,
            SaleQueries.newest, SaleQueries.newestByRegistration, SaleQueries.all, SaleQueries.ofTerminal,
            SaleQueries.ofNumber, SaleQueries.ofIDAsNumber, SaleQueries.ofRegistration, SaleQueries.ofDay,
            SaleQueries.isOfDays, SaleQueries.days,
            DocumentQueries.ofSale, DocumentQueries.one,
            DocumentQueries.stream, DocumentQueries.pause, DocumentQueries.resume, DocumentQueries.isAnyRegistered,
            DocumentQueries.unasked, DocumentQueries.isAnyUnasked, DocumentQueries.fileJobs, DocumentQueries.dueFiles,
            DocumentQueries.date,
            DocumentQueries.unarchived, DocumentQueries.oldestUnarchived, DocumentPrintQueries.madeUp,
            DocumentPrintQueries.next, DocumentPrintQueries.one, DocumentPrintQueries.ofSale,
            DocumentPrintQueries.begun, DocumentPrintQueries.queuedElsewhere, DocumentPrintQueries.queued,
            DocumentPrintQueries.inHand, DocumentPrintQueries.queuedOn, DocumentPrintQueries.acknowledge,
            BillingQueries.endEarlier, BillingQueries.unresolved, BillingQueries.newest, BillingQueries.oldestPolled,
            BillingQueries.bill, BillingQueries.look,
            "DELETE FROM sale WHERE seq = 5",
        ])
    func queryPlan(sql: String) async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                // Whatever it is asked for: unbound parameters are NULL.
                statement.setUncheckedArguments(StatementArguments())
                return try Row.fetchAll(statement).map { $0["detail"] as String }
            }
            #expect(!plan.isEmpty)
            for step in plan {
                // A partial index holds what is owed and nothing else; days and services are found one by one.
                let isBounded =
                    !step.hasPrefix("SCAN") || step.contains("subquery") || step.contains("CONSTANT ROW")
                    || ["SCAN day", "SCAN owing"].contains(step)
                    || [
                        "job_owed", "print_queued", "print_begun", "document_unarchived",
                        "document_print_queued", "document_print_begun",
                    ].contains { step.contains("INDEX \($0)") }
                #expect(isBounded && !step.contains("TEMP B-TREE"), "\(step)")
            }
        }
    }
}
