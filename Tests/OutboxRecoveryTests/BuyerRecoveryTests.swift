import Foundation
import GRDB
import JSON
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite struct BuyerRecoveryTests {
    /// A database with one sale, for which staff gave another buyer.
    private func withChangedSale(
        _ body: (_ path: String, _ change: BuyerChange) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            let record = try await outbox.accepted(
                Fixture.sale(try Fixture.buyerEvent("A"), request: [1], printer: "front"))
            let refused = Failure(code: "Buyer::InvalidEmail", message: "no", at: Fixture.now)
            try await outbox.apply(
                [.attemptBegan, .rejected(refused)], toJob: record.registration.job, at: Fixture.now)
            let change = BuyerChange.replaced(["name": .string("อื่น")])
            var job = Fixture.job("A", request: [2], context: "tax_invoice")
            job.buyerChange = change
            _ = try await outbox.retry(record.id, with: job, as: JobRetry(changesRequest: true), at: Fixture.now)
            try outbox.close()
            try await body(path, change)
        }
    }

    @Test("what staff said of a buyer comes back with the request, and the service proves the request by it")
    func change() async throws {
        try await withChangedSale { path, change in
            let terms = RecoveryTerms(
                provider: .slime,
                proofs: [
                    .slime: RequestProof { found in
                        found.bytes == [2] && found.context == "tax_invoice" && found.change == change
                            && found.event["transaction_id"] == .string("A")
                    }
                ])
            let report = try Recovery.run(from: path, to: path + ".recovered", under: terms)
            #expect((report.sales, report.lostRegistrations) == (1, 0))
            let outbox = try Outbox(path: path + ".recovered")
            #expect(try await outbox.kept(Fixture.id("A")).change == change)
            #expect(try await outbox.sale(Fixture.id("A")).documentType == .taxInvoice)
            try outbox.close()
        }
    }

    @Test(
        "a sale whose kind of document or day of payment does not fit its event is not taken",
        arguments: ["document_type = 'receipt'", "due_on = '2026-12-20'"])
    func documentType(change: String) async throws {
        try await withChangedSale { path, _ in
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "UPDATE sale SET \(change)") }
            try queue.close()
            let report = try Recovery.run(
                from: path, to: path + ".recovered", under: RecoveryTerms(provider: .slime))
            #expect((report.sales, report.unreadSales) == (0, ["A"]))
        }
    }
}
