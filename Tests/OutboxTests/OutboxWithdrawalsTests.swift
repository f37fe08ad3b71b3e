import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxWithdrawalsTests {
    private static let link = "https://app.example/1"
    private let refused = Failure(code: "Test::Refused", message: "no", at: Fixture.now)

    /// A sale whose document is at the provider.
    private func made(
        _ id: String = "A", then event: JobMachine.Event = .done(result: link), in outbox: Outbox
    ) async throws -> SaleRecord {
        let sale = try Fixture.sale(id)
        let record = try await outbox.accepted(
            NewSale(
                event: sale.event, registration: Fixture.job(id, context: "receipt"), printer: "front",
                arrival: sale.arrival))
        try await outbox.apply(
            [.attemptBegan, .begun(remoteID: "D-1"), event], toJob: record.registration.job, at: Fixture.now)
        return record
    }

    private func begin(in outbox: Outbox) async throws -> JobRecord {
        try #require(
            try await outbox.beginJobs(of: .slime, at: Fixture.now + 5, within: JobLimits(all: 9)).first)
    }

    @Test("the document of a ready sale is taken back: its link is given out no more, and the sale stays ready")
    func ready() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path, shownAhead: { 60 })
            let record = try await made(in: outbox)
            #expect(try await outbox.sale(record.id).registration.link == Self.link)
            let asked = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 5)
            #expect(asked.registration.withdrawal == .asked(at: Fixture.now + 65))
            #expect(asked.registration.state == .ready && asked.registration.link == nil)
            // Whoever asks again is told the same, and nothing is owed twice.
            #expect(try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 6) == asked)
            // The gateway is killed: it is owed still.
            try outbox.close()
            outbox = try Outbox(path: path, shownAhead: { 60 })
            let job = try await begin(in: outbox)
            #expect((job.kind, job.key, job.context) == (.withdrawal, "A", "receipt"))
            #expect(job.request.isEmpty && job.machine.remoteID == "D-1" && job.sale?.id == record.id)
            try await outbox.apply([.begun(), .done(result: nil)], toJob: job.seq, at: Fixture.now + 7)
            let after = try await outbox.sale(record.id).registration
            #expect(after.withdrawal == .done(at: Fixture.now + 67) && after.state == .ready && after.link == nil)
            #expect(try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 9).registration == after)
            #expect(try await outbox.withdrawal(of: record.id)?.state == .done)
            #expect(try await outbox.beginJobs(of: .slime, at: Fixture.now + 99, within: JobLimits(all: 9)).isEmpty)
            // A copy of the paper shows none either.
            _ = try await outbox.requestPrint(.copy, of: record.id, on: "front", at: Fixture.now + 9)
            let refusal = await #expect(throws: OutboxError.self) {
                try await outbox.requestPrint(.qrSlip, of: record.id, on: "front", at: Fixture.now + 9)
            }
            #expect(refusal?.code == .conflict && refusal?.message.contains("withdrawn") == true)
            try outbox.close()
        }
    }

    @Test("a rejected sale is sent again once its document is taken back, after a look, and not while it is being")
    func rejected() async throws {
        try await withOutbox { outbox, _ in
            let record = try await made(then: .rejected(refused), in: outbox)
            _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 5)
            let early = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, with: Fixture.job("A"), at: Fixture.now + 5)
            }
            #expect(early?.code == .conflict && early?.message.contains("being withdrawn") == true)
            let ticks = outbox.changes.ticks(of: .sale(record.id))
            try await outbox.apply(
                [.begun(), .done(result: nil)], toJob: try await begin(in: outbox).seq, at: Fixture.now + 6)
            for await _ in ticks { break }
            let after = try await outbox.sale(record.id).registration
            #expect(after.state == .rejected && after.lastError == refused && after.endedAt == Fixture.now)
            #expect(after.withdrawal == .done(at: Fixture.now + 6) && after.machine.remoteID == nil)
            // The name may have been a mistaken one: what the sale has under another is still there.
            #expect(after.machine.mayHaveActed && after.machine.step == .begin && after.machine.search == JobSearch())
            let change = JobRetry(changesRequest: true, settling: .seconds(20))
            let refusal = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, with: Fixture.job("A"), as: change, at: Fixture.now + 7)
            }
            #expect(refusal?.code == .conflict && refusal?.message.contains("retry with anew") == true)
            let again = try await outbox.retry(
                record.id, with: Fixture.job("A"), as: JobRetry(settling: .seconds(20)), at: Fixture.now + 7)
            #expect(again.registration.withdrawal == nil && again.registration.nextAttemptAt == Fixture.now + 27)
            // What is made then may be taken back as well.
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-2"), .done(result: Self.link)], toJob: record.registration.job,
                at: Fixture.now + 8)
            _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 9)
            let second = try #require(
                try await outbox.beginJobs(of: .slime, at: Fixture.now + 9, within: JobLimits(all: 9)).first)
            #expect((second.kind, second.machine.remoteID) == (.withdrawal, "D-2"))
        }
    }

    @Test("if the provider refuses to take it back, everything is as it was")
    func refusal() async throws {
        try await withOutbox { outbox, _ in
            let record = try await made(in: outbox)
            let before = try await outbox.sale(record.id).registration
            _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 5)
            try await outbox.apply([.rejected(refused)], toJob: try await begin(in: outbox).seq, at: Fixture.now + 6)
            #expect(try await outbox.sale(record.id).registration == before)
            #expect(try await outbox.withdrawal(of: record.id)?.lastError == refused)
            let again = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 7)
            #expect(again.registration.withdrawal == .asked(at: Fixture.now + 7))
            #expect(try await outbox.withdrawal(of: record.id)?.state == .pending)
        }
    }

    @Test(
        "a withdrawal that is not that of the sale's present document changes nothing about the sale",
        arguments: [JobMachine.State.done, .rejected], [true, false])
    func stale(end: JobMachine.State, isReady: Bool) async throws {
        try await withOutbox { outbox, _ in
            let record = try await made(then: isReady ? .done(result: Self.link) : .rejected(refused), in: outbox)
            for change in ["remote_id = 'D-0' WHERE kind = 'withdrawal'", "withdrawal_asked_at = NULL"] {
                let before = try await outbox.withdrawDocument(of: record.id, at: Fixture.now + 5).registration
                let job = try await begin(in: outbox)
                try await outbox.write { db, _ in try db.execute(sql: "UPDATE job SET \(change)") }
                let changed = try await outbox.sale(record.id).registration
                #expect(changed.machine == before.machine)
                try await outbox.apply(
                    end == .done ? [.begun(), .done(result: nil)] : [.rejected(refused)], toJob: job.seq,
                    at: Fixture.now + 6)
                #expect(try await outbox.sale(record.id).registration == changed)
                try await outbox.write { db, _ in try db.execute(sql: "UPDATE job SET withdrawal_asked_at = NULL") }
            }
        }
    }

    @Test("a sale on its way, and one whose document nobody knows, have none to take back")
    func nothing() async throws {
        try await withOutbox { outbox, _ in
            let pending = try await outbox.accepted(Fixture.sale("A"))
            let unknown = try await outbox.accepted(Fixture.sale("B"))
            try await outbox.apply(
                [.attemptBegan, .rejected(refused)], toJob: unknown.registration.job, at: Fixture.now)
            for id in [pending.id, unknown.id] {
                let error = await #expect(throws: OutboxError.self) {
                    try await outbox.withdrawDocument(of: id, at: Fixture.now)
                }
                #expect(error?.code == .conflict)
                #expect(try await outbox.withdrawal(of: id) == nil)
            }
        }
    }
}
