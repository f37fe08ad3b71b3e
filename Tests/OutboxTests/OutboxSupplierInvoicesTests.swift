import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxSupplierInvoicesTests {
    private typealias Samples = SupplierInvoiceFixture

    @Test("an invoice is kept with its job, once for the same bytes, whatever it is called")
    func kept() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.taken(Samples.invoice("a", named: "ใบกำกับ 17.pdf"))
            #expect(first.state == .waiting && first.name == "ใบกำกับ 17.pdf" && first.file == first.name)
            #expect(first.context == "P-1" && first.remoteID == nil && first.nextAttemptAt == Samples.now)
            #expect(!first.isFiled && !first.isCleared && first.copies == 0)
            let again = try await outbox.take(Samples.invoice("a", named: "other.pdf"), atMost: 100)
            #expect(again == .same(first))
            #expect(try await outbox.supplierInvoice(digest: Samples.digest("a")) == first)
            #expect(try await outbox.supplierInvoice(digest: Samples.digest("b")) == nil)
            #expect(try await outbox.countCopy(ofSupplierInvoice: first.number).copies == 1)
            let job = try #require(
                try await outbox.beginJobs(of: .ocrInvoice, at: Samples.now, within: JobLimits(all: 9)).first)
            #expect(job.kind == .supplierInvoice && job.key == Samples.digest("a") && job.sale == nil)
            #expect(job.priority(at: Samples.now) == .backlog)
            await #expect(throws: OutboxError.self) { try await outbox.supplierInvoice(99) }
        }
    }

    @Test("no more are taken than may be owed, and the same bytes are known all the same")
    func room() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.taken(Samples.invoice("a"))
            await #expect {
                try await outbox.take(Samples.invoice("b"), atMost: 1)
            } throws: {
                ($0 as? OutboxError)?.code == .busy
            }
            #expect(try await outbox.take(Samples.invoice("a"), atMost: 1) == .same(first))
            try await outbox.read(first)
            _ = try await outbox.take(Samples.invoice("b"), atMost: 1)
        }
    }

    @Test("an invoice goes from waiting to reading to read, and back to waiting if the service lost it")
    func states() async throws {
        try await withOutbox { outbox, _ in
            var invoice = try await outbox.taken(Samples.invoice("a"))
            invoice = try await outbox.attempt(invoice, .prepared(remoteID: "J-1", at: Samples.now))
            #expect(invoice.state == .waiting && invoice.remoteID == "J-1")
            invoice = try await outbox.attempt(
                invoice, .begun(remoteID: "J-1"), .absent(Samples.failure, until: Samples.now))
            #expect(invoice.state == .reading)
            invoice = try await outbox.attempt(invoice, .lost(Samples.failure, at: Samples.now))
            #expect(invoice.state == .waiting && invoice.lastError?.code == Samples.failure.code)
            invoice = try await outbox.read(invoice)
            #expect(invoice.state == .read && invoice.isCleared && invoice.nextAttemptAt == nil)
            #expect(try await outbox.figures().incidents.isEmpty)
        }
    }

    @Test("one that cannot be read is an incident, which names neither its file nor what the service says")
    func failed() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a", named: "somchai.pdf"))
            let failed = try await outbox.attempt(invoice, .rejected(Samples.failure))
            #expect(failed.state == .failed && failed.lastError == Samples.failure && !failed.isCleared)
            let incident = try #require(try await outbox.figures().incidents.first)
            #expect(incident.code == Incident.supplierInvoicesFailed && incident.count == 1)
            #expect(incident.reason == "number \(invoice.number): OCRInvoice::ReadingFailed")
        }
    }

    @Test("what is left to do is listed in the order of arrival, and no longer once it is done")
    func care() async throws {
        try await withOutbox { outbox, _ in
            let (a, b) = (
                try await outbox.taken(Samples.invoice("a")), try await outbox.taken(Samples.invoice("b"))
            )
            _ = try await outbox.taken(Samples.invoice("c"))
            for care in Outbox.SupplierInvoiceCare.allCases {
                #expect(try await outbox.supplierInvoices(to: care, limit: 9).isEmpty)
            }
            try await outbox.read(b)
            try await outbox.attempt(a, .rejected(Samples.failure))
            func due(_ care: Outbox.SupplierInvoiceCare, after: Int64 = 0) async throws -> [Int64] {
                try await outbox.supplierInvoices(to: care, after: after, limit: 9).map(\.number)
            }
            #expect(try await due(.file) == [a.number, b.number])
            #expect(try await due(.file, after: a.number) == [b.number])
            #expect(try await due(.clear) == [a.number])
            try await outbox.chooseName("a.2.pdf", ofSupplierInvoice: a.number)
            #expect(try await outbox.supplierInvoice(a.number).file == "a.2.pdf")
            #expect(try await due(.file) == [a.number, b.number])
            try await outbox.filed(supplierInvoice: a.number)
            try await outbox.cleared(supplierInvoice: a.number, deleting: nil)
            #expect(try await due(.file) == [b.number])
            #expect(try await due(.clear).isEmpty)
            // Its name does not change any more.
            try await outbox.chooseName("x.pdf", ofSupplierInvoice: a.number)
            #expect(try await outbox.supplierInvoice(a.number).file == "a.2.pdf")
        }
    }

    @Test("a word opens the door to one document, until its time is over, another is given, or nothing is owed")
    func door() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            let (first, second) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
            func shown(_ token: [UInt8], at seconds: TimeInterval = 0) async throws -> Int64? {
                try await outbox.supplierInvoice(behindDoor: token, at: Samples.now + seconds)?.number
            }
            #expect(try await shown(first) == nil)
            try await outbox.openDoor(toSupplierInvoice: invoice.digest, token: first, until: Samples.now + 60)
            #expect(try await shown(first, at: 59) == invoice.number)
            #expect(try await shown(first, at: 60) == nil)
            try await outbox.openDoor(toSupplierInvoice: invoice.digest, token: second, until: Samples.now + 60)
            #expect(try await shown(first) == nil)
            #expect(try await shown(second) == invoice.number)
            try await outbox.closeDoor(toSupplierInvoice: invoice.digest)
            #expect(try await shown(second) == nil)
            try await outbox.openDoor(toSupplierInvoice: invoice.digest, token: second, until: Samples.now + 60)
            try await outbox.read(invoice)
            #expect(try await shown(second) == nil)
            try await outbox.openDoor(toSupplierInvoice: invoice.digest, token: second, until: Samples.now + 60)
            #expect(try await shown(second) == nil)
        }
    }

    @Test("the list is newest first, by states and in pages")
    func list() async throws {
        try await withOutbox { outbox, _ in
            var invoices: [SupplierInvoiceRecord] = []
            for mark in "abcde" { invoices.append(try await outbox.taken(Samples.invoice(mark))) }
            let numbers = invoices.map(\.number)
            try await outbox.read(invoices[1])
            try await outbox.attempt(invoices[3], .rejected(Samples.failure))
            #expect(try await outbox.supplierInvoices(limit: 2).map(\.number) == [numbers[4], numbers[3]])
            #expect(
                try await outbox.supplierInvoices(before: numbers[3], limit: 2).map(\.number)
                    == [numbers[2], numbers[1]])
            #expect(
                try await outbox.supplierInvoices(in: [.read, .failed], limit: 9).map(\.number)
                    == [numbers[3], numbers[1]])
            #expect(
                try await outbox.supplierInvoices(in: [.waiting], before: numbers[4], limit: 9).map(\.number)
                    == [numbers[2], numbers[0]])
        }
    }

    @Test("invoices of suppliers are owed to no sale: no provider is missing because of them")
    func owingServices() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.taken(Samples.invoice("a"))
            #expect(try await outbox.owingServices().isEmpty)
            _ = try await outbox.accepted(Fixture.sale("A"))
            #expect(try await outbox.owingServices() == [.slime])
        }
    }

    @Test("nothing purges what the shop keeps")
    func retention() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            try await outbox.read(invoice)
            let limits = PurgeLimits(receivedBefore: .distantFuture, agedBefore: .distantFuture)
            _ = try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9)
            _ = try await outbox.purgeSlips(limits, within: 60, after: 0, limit: 9)
            #expect(try await outbox.supplierInvoice(invoice.number).state == .read)
        }
    }

    @Test("a settled one wakes its care, and a new one its worker", arguments: [true, false])
    func ticks(isSettled: Bool) async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.taken(Samples.invoice("a"))
            var ticks = outbox.changes.ticks(of: isSettled ? .supplierInvoices : .jobs(of: .ocrInvoice))
                .makeAsyncIterator()
            if isSettled { try await outbox.read(first) } else { try await outbox.taken(Samples.invoice("b")) }
            #expect(await ticks.next() != nil)
        }
    }

    @Test(
        "each query stays within an index",
        arguments: [
            (SupplierInvoiceQueries.numbered, "supplier_invoice USING INTEGER PRIMARY KEY (rowid=?)"),
            (SupplierInvoiceQueries.same, "sqlite_autoindex_supplier_invoice_1 (digest=?)"),
            (SupplierInvoiceQueries.newest, "supplier_invoice USING INTEGER PRIMARY KEY (rowid<?)"),
            (SupplierInvoiceQueries.newestByState, "supplier_invoice_state (state=? AND rowid<?)"),
            (SupplierInvoiceQueries.unfiled, "supplier_invoice_unfiled (seq>?)"),
            (SupplierInvoiceQueries.uncleared, "supplier_invoice_uncleared (seq>?)"),
            (SupplierInvoiceQueries.toRedo, "supplier_invoice_redo (seq>?)"),
            (SupplierInvoiceQueries.behindDoor, "supplier_invoice_door (door_token=?)"),
            (SupplierInvoiceQueries.openDoor, "sqlite_autoindex_supplier_invoice_1 (digest=?)"),
            (SupplierInvoiceQueries.closeDoor, "sqlite_autoindex_supplier_invoice_1 (digest=?)"),
            (SupplierInvoiceQueries.move, "supplier_invoice USING INTEGER PRIMARY KEY (rowid=?)"),
        ])
    func plans(sql: String, wanted: String) async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                statement.setUncheckedArguments(StatementArguments())
                return try Row.fetchAll(statement).map { $0["detail"] as String }
            }
            #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
            #expect(plan.contains { $0.contains(wanted) }, "\(plan)")
        }
    }
}
