import Foundation
import JSON
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxBuyerTests {
    private static let refused = Failure(code: "Buyer::CheckDigitFailed", message: "no", at: Fixture.now)
    private static let other = BuyerChange.replaced(["name": .string("อื่น")])

    private func accepted(_ outbox: Outbox, _ id: String = "A") async throws -> SaleRecord {
        try await outbox.accepted(
            Fixture.sale(try Fixture.buyerEvent(id), request: [1], printer: "front"))
    }

    private func job(_ change: BuyerChange?) -> NewJob {
        var job = Fixture.job("A", request: [2], context: "other")
        job.buyerChange = change
        return job
    }

    @Test("a sale says which document it gets, alone, in the list, and after a restart")
    func documentType() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let first = try Outbox(path: path)
            let record = try await accepted(first)
            #expect(record.documentType == .taxInvoice)
            #expect(try await first.accepted(Fixture.sale("B")).documentType == .taxInvoiceStub)
            try first.close()
            let second = try Outbox(path: path)
            #expect(try await second.sale(record.id) == record)
            #expect(try await second.sales(limit: 9).map(\.documentType) == [.taxInvoiceStub, .taxInvoice])
            #expect(try await second.kept(record.id).change == nil)
            try second.close()
        }
    }

    @Test("a buyer that staff gave is kept with the request that names it: for papers, for retries, after a restart")
    func changed() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let first = try Outbox(path: path)
            let record = try await accepted(first)
            try await first.apply(
                [.attemptBegan, .rejected(Self.refused)], toJob: record.registration.job, at: Fixture.now)
            for (change, type) in [(Self.other, DocumentType.taxInvoice), (.removed, .taxInvoiceStub)] {
                let again = try await first.retry(
                    record.id, with: job(change), as: JobRetry(changesRequest: true), at: Fixture.now)
                #expect((again.documentType, again.registration.state) == (type, .pending))
                #expect(try await first.kept(record.id).change == change)
                try await first.apply([.rejected(Self.refused)], toJob: record.registration.job, at: Fixture.now)
            }
            _ = try await first.retry(record.id, with: job(.removed), at: Fixture.now)
            try first.close()
            let second = try Outbox(path: path)
            #expect(try await second.sale(record.id).documentType == .taxInvoiceStub)
            let owed = try await second.nextPrint(on: "front", at: Fixture.now + 3, longestWait: .seconds(8))
            #expect(owed?.kept.change == .removed)
            #expect(try owed?.kept.event == Fixture.buyerEvent("A").canonicalBytes)
            let due = try await second.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1)).first
            #expect((due?.request, due?.context) == ([2], "other"))
            // The till sends the same sale again: it is the same still.
            guard
                case .same = try await second.accept(
                    Fixture.sale(try Fixture.buyerEvent("A"), request: [1], printer: "front"))
            else { throw FixtureError() }
            try second.close()
        }
    }

    @Test("a sale that may be on its way keeps its buyer, and so does one that the service has")
    func notChanged() async throws {
        try await withOutbox { outbox, _ in
            let record = try await accepted(outbox)
            func refusal(settling: Duration? = nil) async -> OutboxError? {
                await #expect(throws: OutboxError.self) {
                    try await outbox.retry(
                        record.id, with: job(.removed), as: JobRetry(changesRequest: true, settling: settling),
                        at: Fixture.now)
                }
            }
            #expect(await refusal()?.message.contains("may be on its way to slime") == true)
            try await outbox.apply(
                [.attemptBegan, .begun(), .rejected(Self.refused)], toJob: record.registration.job, at: Fixture.now)
            let made = await refusal()
            #expect(made?.code == .conflict && made?.message.contains("slime has the sale A") == true)
            #expect(try await outbox.sale(record.id).documentType == .taxInvoice)
            // Staff who know what is there say so.
            let adopted = try await outbox.retry(
                record.id, with: job(.removed), as: JobRetry(.adopting(remoteID: nil), changesRequest: true),
                at: Fixture.now)
            #expect((adopted.documentType, adopted.registration.machine.step) == (.taxInvoiceStub, .follow))
        }
    }

    @Test("a held sale gets another buyer, but not while an attempt has no answer yet")
    func held() async throws {
        try await withOutbox { outbox, _ in
            let record = try await accepted(outbox)
            try await outbox.setAccount(
                AccountState(condition: .held, failure: Self.refused, since: Fixture.now), of: .slime)
            try await outbox.apply([.attemptBegan], toJob: record.registration.job, at: Fixture.now)
            await #expect(throws: OutboxError.self) {
                try await outbox.retry(
                    record.id, with: job(.removed), as: JobRetry(changesRequest: true), at: Fixture.now)
            }
            try await outbox.apply(
                [.deferred(Self.refused, until: Fixture.now, mayHaveActed: true)], toJob: record.registration.job,
                at: Fixture.now)
            let again = try await outbox.retry(
                record.id, with: job(.removed), as: JobRetry(changesRequest: true), at: Fixture.now)
            #expect((again.documentType, again.registration.machine.mayHaveActed) == (.taxInvoiceStub, false))
        }
    }

    @Test("a service that would make a second document gets no other buyer while it may have the first")
    func notMadeTwice() async throws {
        try await withOutbox { outbox, _ in
            let record = try await accepted(outbox)
            try await outbox.apply(
                [
                    .attemptBegan, .deferred(Self.refused, until: Fixture.now, mayHaveActed: true), .attemptBegan,
                    .rejected(Self.refused),
                ], toJob: record.registration.job, at: Fixture.now)
            let retry = JobRetry(changesRequest: true, settling: .seconds(20))
            let refusal = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, with: job(.removed), as: retry, at: Fixture.now)
            }
            #expect(refusal?.code == .conflict && refusal?.message.contains("retry with anew") == true)
            #expect(try await outbox.sale(record.id).documentType == .taxInvoice)
            let anew = try await outbox.retry(
                record.id, with: job(.removed), as: JobRetry(.anew, changesRequest: true, settling: .seconds(20)),
                at: Fixture.now)
            #expect((anew.documentType, anew.registration.machine.mayHaveActed) == (.taxInvoiceStub, false))
        }
    }
}
