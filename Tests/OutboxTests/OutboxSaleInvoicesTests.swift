import Foundation
import JSON
import Journey
import Sales
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxSaleInvoicesTests {
    private let refused = Failure(code: "Test::Refused", message: "no", at: Fixture.now)

    private func job(_ request: UInt8, change: BuyerChange? = .replaced(["name": .string("ก")])) -> NewJob {
        var job = NewJob(
            kind: .saleInvoice, service: .slime, key: "A", request: [request], context: "tax_invoice")
        job.buyerChange = change
        return job
    }

    private func registered(in outbox: Outbox) async throws -> SaleRecord {
        let record = try await outbox.accepted(Fixture.sale("A"))
        try await outbox.apply(
            [.attemptBegan, .begun(remoteID: "D-1"), .done(result: "https://app.example/1")],
            toJob: record.registration.job, at: Fixture.now)
        return try await outbox.sale(record.id)
    }

    @Test("a registered sale gets one tax invoice later, and its registration does not depend on that")
    func once() async throws {
        try await withOutbox { outbox, _ in
            let record = try await registered(in: outbox)
            #expect(try await outbox.invoice(of: record.id) == nil)
            let asked = try await outbox.requestInvoice(of: record.id, with: job(1), at: Fixture.now + 5)
            #expect((asked.state, asked.link, asked.provider) == (.pending, nil, .slime))
            await #expect(throws: OutboxError.self) {
                try await outbox.requestInvoice(of: record.id, with: job(2), at: Fixture.now + 5)
            }
            let due = try #require(
                try await outbox.beginJobs(of: .slime, at: Fixture.now + 5, within: JobLimits(all: 9)).first)
            #expect((due.kind, due.seq, due.key, due.context) == (.saleInvoice, asked.job, "A", "tax_invoice"))
            #expect(
                due.request == [1] && due.sale?.totals == record.totals && due.priority(at: Fixture.now + 5) == .till)
            let ticks = outbox.changes.ticks(of: .sale(record.id))
            try await outbox.apply([.rejected(refused)], toJob: due.seq, at: Fixture.now + 6)
            for await _ in ticks { break }
            #expect(try await outbox.invoice(of: record.id)?.machine.lastError == refused)
            #expect(try await outbox.sale(record.id).registration == record.registration)
            #expect(try await outbox.figures().rejected == 0)

            let change = JobRetry(changesRequest: true, settling: .seconds(20))
            let again = try await outbox.retryInvoice(of: record.id, with: job(2), as: change, at: Fixture.now + 7)
            #expect(again.state == .pending)
            let second = try await outbox.beginJobs(of: .slime, at: Fixture.now + 7, within: JobLimits(all: 9))
            #expect(second.map(\.request) == [[2]])
            try await outbox.apply(
                [.begun(remoteID: "T-1"), .done(result: "https://app.example/2")], toJob: asked.job, at: Fixture.now + 8
            )
            let made = try await outbox.invoice(of: record.id)
            #expect((made?.state, made?.link, made?.machine.remoteID) == (.ready, "https://app.example/2", "T-1"))
            #expect(try await outbox.sale(record.id).registration == record.registration)
            await #expect(throws: OutboxError.self) {
                try await outbox.retryInvoice(of: record.id, with: job(3), at: Fixture.now + 9)
            }
        }
    }

    @Test("each step of it is told, and one that is refused counts until it is sent again or somebody has seen it")
    func told() async throws {
        try await withOutbox { outbox, _ in
            let record = try await registered(in: outbox)
            let told = Mutex<[OutboxChange]>([])
            outbox.changes.observe { changes in told.withLock { $0 += changes } }
            let asked = try await outbox.requestInvoice(of: record.id, with: job(1), at: Fixture.now)
            #expect(try await outbox.sale(record.id).invoice == asked)
            try await outbox.apply([.attemptBegan, .rejected(refused)], toJob: asked.job, at: Fixture.now)
            let invoice = try #require(try await outbox.invoice(of: record.id))
            #expect(
                told.withLock(\.self) == [.saleInvoice(record.id, asked), .saleInvoice(record.id, invoice)])
            let figures = try await outbox.figures()
            #expect(figures.rejected == 0, "the sale itself is registered")
            let rejections = try #require(figures.rejections)
            #expect((rejections.count, rejections.invoices, rejections.errorCode) == (1, 1, "Test::Refused"))
            #expect(rejections.invoiced == [record.id] && rejections.since == Fixture.now)
            try await outbox.acknowledge(rejections)
            #expect(try await outbox.figures().rejections == nil)

            let change = JobRetry(changesRequest: true, settling: .seconds(20))
            _ = try await outbox.retryInvoice(of: record.id, with: job(2), as: change, at: Fixture.now + 1)
            let later = Failure(code: "Test::Later", message: "no", at: Fixture.now + 2)
            try await outbox.apply([.attemptBegan, .rejected(later)], toJob: asked.job, at: Fixture.now + 2)
            let other = try await outbox.accepted(Fixture.sale("B", printer: nil))
            try await outbox.apply([.attemptBegan, .rejected(refused)], toJob: other.registration.job, at: Fixture.now)
            let both = try #require(try await outbox.figures().rejections)
            #expect((both.count, both.invoices, both.errorCode) == (2, 1, "Test::Later"), "the one that ended last")
            try await outbox.acknowledge(both)
            #expect(try await outbox.figures().rejections == nil)
            let listed = try await outbox.sales(SaleFilter(), limit: 9).sales
            #expect(listed.map(\.invoice?.state) == [nil, .rejected])
        }
    }

    @Test("once it is made, no paper of the sale has the receipt's link any more")
    func papers() async throws {
        try await withOutbox { outbox, _ in
            let record = try await registered(in: outbox)
            func owed() async throws -> OwedPrint? {
                try await outbox.nextPrint(on: "front", at: Fixture.now + 9, longestWait: .seconds(60))
            }
            let asked = try await outbox.requestInvoice(of: record.id, with: job(1), at: Fixture.now)
            #expect(try await outbox.sale(record.id).paperLink != nil)
            #expect(try await owed()?.invoice == asked)
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "T-1"), .done(result: "https://app.example/2")], toJob: asked.job,
                at: Fixture.now)
            let sale = try await outbox.sale(record.id)
            #expect(sale.paperLink == nil && sale.registration.link != nil)
            #expect(try await owed()?.invoice?.state == .ready)
            let refused = await #expect(throws: OutboxError.self) {
                try await outbox.requestPrint(.qrSlip, of: record.id, on: "front", at: Fixture.now)
            }
            #expect(refused?.message.contains("a full tax invoice was made in place") == true)
        }
    }

    @Test("a tax invoice that may have been made is looked for, adopted, or made by who has seen that there is none")
    func unknownEnd() async throws {
        try await withOutbox { outbox, _ in
            let record = try await registered(in: outbox)
            let job = job(1)
            #expect(try await outbox.sentInvoice(of: record.id) == nil)
            let asked = try await outbox.requestInvoice(of: record.id, with: job, at: Fixture.now)
            #expect(try await outbox.sentInvoice(of: record.id) == nil)
            try await outbox.apply([.attemptBegan], toJob: asked.job, at: Fixture.now)
            #expect(try await outbox.sentInvoice(of: record.id) == job)
            let unknown = Failure(code: "Gateway::OutcomeUnknown", message: "?", at: Fixture.now)
            try await outbox.apply(
                [.deferred(refused, until: Fixture.now, mayHaveActed: true), .rejected(unknown)], toJob: asked.job,
                at: Fixture.now)
            #expect(try await outbox.sentInvoice(of: record.id) == job)
            func retried(_ retry: JobRetry, _ number: UInt8 = 1) async throws -> JobMachine {
                try await outbox.retryInvoice(of: record.id, with: self.job(number), as: retry, at: Fixture.now).machine
            }
            let other = await #expect(throws: OutboxError.self) {
                try await retried(JobRetry(changesRequest: true, settling: .seconds(20)), 2)
            }
            #expect(other?.message.contains("tax invoice") == true && other?.message.contains("anew") == true)
            let looked = try await retried(JobRetry(settling: .seconds(20)))
            #expect((looked.step, looked.nextAttemptAt, looked.mayHaveActed) == (.begin, Fixture.now + 20, true))
            let early = await #expect(throws: OutboxError.self) {
                try await retried(JobRetry(.anew, settling: .seconds(20)))
            }
            #expect(early?.message.contains("on its way") == true)
            try await outbox.apply([.rejected(unknown)], toJob: asked.job, at: Fixture.now)
            let adopted = try await retried(JobRetry(.adopting(remoteID: "T-1"), settling: .seconds(20)))
            #expect((adopted.step, adopted.remoteID) == (.follow, "T-1"))
            try await outbox.apply([.rejected(refused)], toJob: asked.job, at: Fixture.now)
            let second = await #expect(throws: OutboxError.self) {
                try await retried(JobRetry(.anew, settling: .seconds(20)))
            }
            #expect(second?.message.contains("second one") == true)
            // It is not there after all.
            _ = try await retried(JobRetry(settling: .seconds(20)))
            let another = Failure(code: "Test::AnotherDocument", message: "?", at: Fixture.now)
            try await outbox.apply([.rejected(another)], toJob: asked.job, at: Fixture.now)
            let anew = try await retried(JobRetry(.anew, changesRequest: true, settling: .seconds(20)), 3)
            #expect((anew.step, anew.mayHaveActed, anew.remoteID) == (.begin, false, nil))
            #expect(try await outbox.sale(record.id).registration == record.registration)
        }
    }

    @Test("a sale that was refused, or is taken back, gets no tax invoice", arguments: [true, false])
    func withoutDocument(isWithdrawn: Bool) async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply(
                isWithdrawn
                    ? [.attemptBegan, .begun(remoteID: "D-1"), .done(result: "https://app.example/1")]
                    : [.attemptBegan, .rejected(refused)], toJob: record.registration.job, at: Fixture.now)
            if isWithdrawn { _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now) }
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.requestInvoice(of: record.id, with: job(1), at: Fixture.now)
            }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains(isWithdrawn ? "withdrawn" : "rejected") == true)
            #expect(try await outbox.invoice(of: record.id) == nil)
        }
    }

    @Test("a sale that is not registered yet has no tax invoice to come")
    func tooEarly() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.requestInvoice(of: record.id, with: job(1), at: Fixture.now)
            }
            #expect(error?.code == .conflict)
            let unknown = await #expect(throws: OutboxError.self) {
                try await outbox.retryInvoice(of: record.id, with: job(1), at: Fixture.now)
            }
            #expect(unknown?.code == .notFound)
        }
    }
}
