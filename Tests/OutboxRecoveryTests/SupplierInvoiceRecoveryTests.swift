import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite struct SupplierInvoiceRecoveryTests {
    private static let failure = Failure(code: "OCRInvoice::ReadingFailed", message: "none", at: Fixture.now)

    private static var terms: RecoveryTerms {
        var terms = RecoveryTerms(provider: .slime, proofs: [.slime: RequestProof { _ in true }])
        terms.supplierInvoiceReader = .ocrInvoice
        return terms
    }

    private func take(_ mark: Character, in outbox: Outbox) async throws -> Int64 {
        let digest = String(repeating: mark, count: 64)
        let job = NewJob(
            kind: .supplierInvoice, service: .ocrInvoice, key: digest, request: Array("{}".utf8), context: "P-\(mark)")
        let new = NewSupplierInvoice(
            .init("\(mark).pdf", type: "pdf", size: 7, digest: digest), job: job, receivedAt: Fixture.now,
            shownAt: Fixture.now)
        guard case .new(let record) = try await outbox.take(new, atMost: 100) else { throw FixtureError() }
        return record.number
    }

    private func begin(_ number: Int64, in outbox: Outbox) async throws {
        for job in try await outbox.beginJobs(of: .ocrInvoice, at: Fixture.now, within: JobLimits(all: 9))
        where job.seq != number {
            try await outbox.apply([.withdrawn], toJob: job.seq, at: Fixture.now)
        }
    }

    /// Invoices in all states, of which `damage` is done to the file once it is closed.
    private func recover(
        _ damage: @escaping @Sendable (Database) throws -> Void = { _ in },
        _ check: ([SupplierInvoiceRecord], Outbox, RecoveryReport) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            let failed = try await take("a", in: outbox)
            try await begin(failed, in: outbox)
            try await outbox.apply([.rejected(Self.failure)], toJob: failed, at: Fixture.now)
            let read = try await take("b", in: outbox)
            try await begin(read, in: outbox)
            try await outbox.apply([.begun(remoteID: "J-2"), .done(result: nil)], toJob: read, at: Fixture.now)
            try await outbox.chooseName("b.2.pdf", ofSupplierInvoice: read)
            try await outbox.filed(supplierInvoice: read)
            let reading = try await take("c", in: outbox)
            try await begin(reading, in: outbox)
            try await outbox.apply(
                [.begun(remoteID: "J-3"), .absent(Self.failure, until: Fixture.now)], toJob: reading, at: Fixture.now)
            _ = try await take("d", in: outbox)
            let before = try await outbox.supplierInvoices(limit: 9)
            try outbox.close()
            let queue = try DatabaseQueue(path: path)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try damage(db)
            }
            try queue.close()
            let report = try Recovery.run(from: path, to: path + ".recovered", under: Self.terms)
            let recovered = try Outbox(path: path + ".recovered")
            try await check(before, recovered, report)
            try recovered.close()
        }
    }

    @Test("invoices come back as they stood; what is owed from its beginning is looked for first")
    func whole() async throws {
        try await recover { before, outbox, report in
            let after = try await outbox.supplierInvoices(limit: 9)
            #expect(report.unreadRows == 0 && after.map(\.number) == before.map(\.number))
            #expect(
                after.map(\.state) == before.map(\.state) && after.map(\.state) == [.waiting, .reading, .read, .failed])
            #expect(after.map(\.digest) == before.map(\.digest) && after.map(\.file) == before.map(\.file))
            #expect(after.map(\.isFiled) == [false, false, true, false])
            let owed = try await outbox.beginJobs(of: .ocrInvoice, at: Fixture.now, within: JobLimits(all: 9))
            #expect(Set(owed.map(\.machine.remoteID)) == ["J-3", nil])
            #expect(owed.filter { $0.machine.step == .begin }.map(\.machine.mayHaveActed) == [true])
            #expect(Set(owed.map(\.context)) == ["P-c", "P-d"])
        }
    }

    @Test("an invoice whose job is lost can be read anew, and one that was read stays so")
    func lostJobs() async throws {
        try await recover({ try $0.execute(sql: "DELETE FROM job WHERE kind = 'supplier_invoice'") }) {
            before, outbox, _ in
            let after = try await outbox.supplierInvoices(limit: 9)
            #expect(Set(after.map(\.digest)) == Set(before.map(\.digest)))
            for invoice in after {
                let known = try #require(before.first { $0.digest == invoice.digest })
                #expect(invoice.state == (known.state == .read ? .read : .failed))
                if known.state.isOwed { #expect(invoice.lastError?.code == "Gateway::RequestLost") }
            }
            #expect(try await outbox.pendingCount(of: .ocrInvoice, atMost: 9) == 0)
        }
    }

    @Test("a job whose invoice is lost is owed to nobody")
    func lostInvoices() async throws {
        try await recover({ try $0.execute(sql: "DELETE FROM supplier_invoice WHERE state <> 'read'") }) {
            _, outbox, _ in
            let after = try await outbox.supplierInvoices(limit: 9)
            #expect(after.map(\.state) == [.read])
            #expect(try await outbox.pendingCount(of: .ocrInvoice, atMost: 9) == 0)
        }
    }

    @Test("an invoice and its job that were found as they were at different times are asked for no second time")
    func differentTimes() async throws {
        try await recover({ db in
            try db.execute(
                sql:
                    "UPDATE job SET state = 'pending', step = 'begin' WHERE kind = 'supplier_invoice' AND state = 'done'"
            )
            try db.execute(
                sql: "UPDATE job SET state = 'done' WHERE kind = 'supplier_invoice' AND remote_id = 'J-3'")
        }) { _, outbox, _ in
            let after = try await outbox.supplierInvoices(limit: 9)
            #expect(after.map(\.state) == [.waiting, .read, .read, .failed])
            #expect(try await outbox.pendingCount(of: .ocrInvoice, atMost: 9) == 1)
        }
    }
}
